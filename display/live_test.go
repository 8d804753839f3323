package display

import (
	"bytes"
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"gradbook/graph"
)

// A sent is one thing that a screen showed.
type sent struct {
	bundle Bundle
	id     string
	update bool
}

// A recorder is an output that remembers.
type recorder struct {
	all     []sent
	cleared []bool
	asked   []string
}

func (r *recorder) Display(b Bundle, id string) error {
	r.all = append(r.all, sent{b, id, false})
	return nil
}

func (r *recorder) Update(b Bundle, id string) error {
	r.all = append(r.all, sent{b, id, true})
	return nil
}

func (r *recorder) Clear(wait bool) error {
	r.cleared = append(r.cleared, wait)
	return nil
}

func (r *recorder) Input(prompt string, password bool) (string, error) {
	if password {
		prompt += " (hidden)"
	}
	r.asked = append(r.asked, prompt)
	return "answer", nil
}

// training reports some steps, some time of the clock apart.
func training(steps int, every time.Duration) (*recorder, *live) {
	r := &recorder{}
	clock := time.Unix(0, 0)
	l := &live{screen: NewScreen(r), pace: pace{now: func() time.Time { return clock }}, draw: (*live).curves}
	for i := 1; i <= steps; i++ {
		clock = clock.Add(every)
		l.report(graph.Progress{Step: i, Steps: steps, Loss: 10 / float64(i), Elapsed: time.Duration(i) * every})
	}
	l.report(graph.Progress{Step: steps, Steps: steps, Loss: 10 / float64(steps+1), Done: true})
	return r, l
}

// 1000 steps of a millisecond are a second, so ten frames and the last.
func TestLiveLossIsLimited(t *testing.T) {
	r, _ := training(1000, time.Millisecond)
	if n := len(r.all); n < 9 || n > 12 {
		t.Errorf("%d frames, want ten a second and the last", n)
	}
	for i, s := range r.all {
		if s.update != (i > 0) || s.id != r.all[0].id {
			t.Errorf("frame %d: update %v of %q, want an update of %q", i, s.update, s.id, r.all[0].id)
		}
		last := i == len(r.all)-1
		if png := s.bundle.Data[imagePNG] != nil; png != last {
			t.Errorf("frame %d of %d has a PNG: %v, want it in the last only", i+1, len(r.all), png)
		}
		html := s.bundle.Data[textHTML].(string)
		if !strings.Contains(html, `width="580" height="360"`) || !strings.Contains(html, "data:image/svg+xml") {
			t.Errorf("frame %d is not an SVG of 580 × 360", i)
		}
	}
}

func TestLiveLossBytes(t *testing.T) {
	r, _ := training(20_000, 100*time.Microsecond) // two seconds
	total := 0
	for _, s := range r.all {
		total += len(s.bundle.Data[textHTML].(string)) + len(s.bundle.Data[textPlain].(string))
	}
	if total > 2*200_000 {
		t.Errorf("%d bytes in two seconds, want at most 200 KB a second", total)
	}
}

// A quick training that ends before the first frame is due shows its end, once.
func TestLiveLossShowsTheEnd(t *testing.T) {
	r, _ := training(50, time.Microsecond)
	last := r.all[len(r.all)-1].bundle
	has(t, last.Data[textPlain].(string), "loss 0.1961 at step 50")
	if len(r.all) != 1 {
		t.Errorf("%d frames, want the last", len(r.all))
	}
}

func TestLiveLossServesTwice(t *testing.T) {
	r, l := training(50, time.Microsecond)
	l.report(graph.Progress{Step: 1, Steps: 9, Loss: 5, Elapsed: time.Second})
	if s := r.all[len(r.all)-1]; s.update || s.id == r.all[0].id {
		t.Errorf("the second training went to %q (update %v), want a new figure", s.id, s.update)
	}
	if len(l.losses) != 1 {
		t.Errorf("%d losses, want those of the first training forgotten", len(l.losses))
	}
}

// Memory stays bounded, the first loss and the last remain.
func TestLiveLossForgets(t *testing.T) {
	_, l := training(100_000, time.Nanosecond)
	if n := len(l.losses); n > history || n < history/4 {
		t.Errorf("%d losses are kept, want %d to %d", n, history/4, history)
	}
	if l.at[0] != 1 || l.at[len(l.at)-1] < 99_000 {
		t.Errorf("steps %g to %g are kept, want the first and one near the last", l.at[0], l.at[len(l.at)-1])
	}
}

// The axis of losses becomes logarithmic when a linear one would show a corner.
func TestLiveLossTurnsLog(t *testing.T) {
	_, l := training(50, time.Microsecond)
	if l.loss().log {
		t.Error("a loss that fell to a fiftieth is drawn on a logarithmic axis")
	}
	_, l = training(500, time.Microsecond)
	if !l.loss().log {
		t.Error("a loss that fell to a five hundredth is drawn on a linear axis")
	}
}

func TestLiveLossDiverging(t *testing.T) {
	r := &recorder{}
	report := NewScreen(r).LiveLoss()
	report(graph.Progress{Step: 1, Steps: 10, Loss: 1})
	report(graph.Progress{Step: 2, Steps: 10, Loss: math.NaN(), Done: true})
	has(t, r.all[len(r.all)-1].bundle.Data[textPlain].(string), "diverged at step 2")
}

// With the real trainer, whose closing report repeats the number of the last good step.
func TestLiveLossOfMinimizeDiverging(t *testing.T) {
	r := &recorder{}
	fit := diverging(t, NewScreen(r).LiveLoss())
	has(t, r.all[len(r.all)-1].bundle.Data[textPlain].(string), fmt.Sprintf("diverged at step %d", fit.Steps+1))
}

// With the real trainer: frames come, and the last one tells the fit's loss.
func TestLiveLossFollowsMinimize(t *testing.T) {
	r := &recorder{}
	l := newLine()
	fit, err := graph.Minimize(l.loss, graph.Training{
		Feed: l.many(), Steps: 200, Optimizer: graph.GradientDescent{Rate: 0.001}, Report: NewScreen(r).LiveLoss(),
	})
	if err != nil {
		t.Fatal(err)
	}
	last := r.all[len(r.all)-1].bundle
	has(t, last.Data[textPlain].(string), "loss "+number(fit.Loss)+" at step 200")
	if last.Data[imagePNG] == nil {
		t.Error("the last frame has no PNG")
	}
}

// On a console the progress is one line that overwrites itself.
func TestLiveLossOnConsole(t *testing.T) {
	var out bytes.Buffer
	report := NewScreen(&console{w: &out}).LiveLoss()
	report(graph.Progress{Step: 1, Steps: 2, Loss: 5, Elapsed: frameEvery})
	report(graph.Progress{Step: 2, Steps: 2, Loss: 0.25, Done: true})
	got := out.String()
	if strings.Count(got, "\n") != 1 || !strings.HasSuffix(got, "\n") || strings.Count(got, "\r") != 2 {
		t.Errorf("got %q, want two lines over each other and an end", got)
	}
	has(t, got, "\rstep 1 of 2  loss 5", "\rstep 2 of 2  loss 0.25")
}

// Who waits for the first step of a slow training does not wait longer for its figure.
func TestLiveLossShowsASlowFirstStep(t *testing.T) {
	r := &recorder{}
	report := NewScreen(r).LiveLoss()
	report(graph.Progress{Step: 1, Steps: 10, Loss: 1, Elapsed: frameEvery})
	if len(r.all) != 1 {
		t.Errorf("%d frames after a first step that took as long as a frame may wait, want one", len(r.all))
	}
}

// What a training that was cut short has come to is shown when the cell ends, once; one
// that has shown its end is left alone.
func TestFinish(t *testing.T) {
	r := &recorder{}
	s := NewScreen(r)
	report, bar, done := s.LiveLoss(), s.Progress("reading", 10), s.Progress("writing", 1)
	report(graph.Progress{Step: 1, Steps: 10, Loss: 3})
	report(graph.Progress{Step: 2, Steps: 10, Loss: 2})
	bar.Advance(4)
	done.Advance(1)
	before := len(r.all)
	s.Finish()
	s.Finish()
	if len(r.all) != before+2 {
		t.Fatalf("%d frames more, want one of the bar and one of the loss", len(r.all)-before)
	}
	has(t, r.all[before].bundle.Data[textPlain].(string), "reading: 4 of 10")
	loss := r.all[before+1].bundle
	has(t, loss.Data[textPlain].(string), "loss 2 at step 2")
	if loss.Data[imagePNG] == nil {
		t.Error("the last frame has no PNG")
	}
}

// A frame that was slow, or large, puts off the next.
func TestPace(t *testing.T) {
	clock := time.Unix(0, 0)
	for _, tt := range []struct {
		name  string
		took  time.Duration
		bytes int
		want  time.Duration
	}{
		{"light", time.Millisecond, 6000, frameEvery},
		{"slow", time.Second, 6000, 20 * time.Second},
		{"large", time.Millisecond, 600_000, 4 * time.Second},
	} {
		p := pace{now: func() time.Time { return clock }}
		start := clock
		p.frame(func() int { clock = clock.Add(tt.took); return tt.bytes })
		for !p.ready(clock.Sub(start)) {
			clock = clock.Add(10 * time.Millisecond)
		}
		if got := clock.Sub(start); got < tt.want || got > tt.want+10*time.Millisecond {
			t.Errorf("%s: the next frame comes after %v, want %v", tt.name, got, tt.want)
		}
	}
}

// A cell may end while a goroutine of it trains on.
func TestFinishBesideTraining(t *testing.T) {
	l := newLine()
	s := NewScreen(&recorder{})
	report, begun, done := s.LiveLoss(), make(chan bool, 1), make(chan error)
	go func() {
		_, err := graph.Minimize(l.loss, graph.Training{Feed: many30(l), Steps: 3000, Report: func(p graph.Progress) {
			report(p)
			if p.Step == 100 && !p.Done {
				begun <- true
			}
		}})
		done <- err
	}()
	<-begun
	s.Finish()
	if err := <-done; err != nil {
		t.Error(err)
	}
}

func BenchmarkLiveLossStep(b *testing.B) {
	report := NewScreen(&recorder{}).LiveLoss()
	i := 0
	for b.Loop() {
		i++
		report(graph.Progress{Step: i, Steps: 1 << 40, Loss: 1 / float64(i)})
	}
}

// However often a training is judged, a bounded number of scores is kept, evenly from all
// of it and with the last ones; a console reads the newest.
func TestLiveScores(t *testing.T) {
	var b bytes.Buffer
	l := &live{screen: NewScreen(&console{w: &b}), pace: pace{now: time.Now}, draw: (*live).curves}
	const steps = 10_000
	for i := 1; i <= steps; i++ {
		l.report(graph.Progress{Step: i, Steps: steps, Loss: 1, Scores: &graph.Scores{Step: i, Metrics: map[string]float64{"accuracy": float64(i) / steps}}})
	}
	if n := len(l.scores); n > history || n < history/4 || l.scores[0].Step > 2*l.every || l.scores[n-1].Step < steps-l.every {
		t.Errorf("%d scores are kept, from steps %d to %d", n, l.scores[0].Step, l.scores[n-1].Step)
	}
	for i, s := range l.scores[1:] {
		if s.Step-l.scores[i].Step != l.every {
			t.Fatalf("step %d follows %d, want %d later", s.Step, l.scores[i].Step, l.every)
		}
	}
	l.report(graph.Progress{Step: steps, Steps: steps, Loss: 1, Done: true})
	has(t, b.String(), "loss 1  accuracy 0.0001  ") // the loss was never smaller than after the first step
}
