package display

import (
	"fmt"
	"maps"
	"slices"
	"sync"
	"time"

	"gonum.org/v1/plot/plotter"

	"gradbook/display/canvas"
	"gradbook/graph"
)

// history is how many losses a live curve keeps. When there are more, every
// second one is forgotten, so that a long training costs no more than a short one.
const history = 1000

// LiveLoss returns a function for the Report of a graph.Training that draws the
// loss while it falls. It shows one figure of a fixed size and updates it at most
// ten times a second, and more seldom where that would take more than a twentieth of the
// time. The last frame is always shown, with a PNG that stays in the notebook. It
// starts over when a training starts, so one function may serve several in turn.
//
// Where the training has data in Validation, the loss on them is a second curve; where it
// has Metrics, they are drawn beside the loss.
func (s *Screen) LiveLoss() func(graph.Progress) {
	l := &live{screen: s, pace: pace{now: time.Now}, draw: (*live).curves}
	return l.report
}

// LiveFit returns a function for the Report of a graph.Training that draws a node's
// line, as a function of a placeholder, through the points while it moves. It shows
// and updates one figure as [Screen.LiveLoss] does.
func (s *Screen) LiveFit(x, y any, node, placeholder *graph.Node) func(graph.Progress) {
	points := pairs("LiveFit", x, y)
	l := &live{screen: s, pace: pace{now: time.Now}}
	l.draw = func(l *live) drawn {
		c := &Chart{width: chartWidth, height: chartHeight}
		c.groups = append(c.groups, group{"data", points})
		c.title = fmt.Sprintf("loss %s at step %d", canvas.Number(l.last.Loss), l.last.Step)
		c.framed = true // the points stay where they are, wherever the line goes
		return c.Line(node, placeholder)
	}
	return l.report
}

// A live is one figure that follows a training.
type live struct {
	screen *Screen
	draw   func(*live) drawn // a frame

	rapid  []graph.Progress // steps not taken in yet; as the next, of the goroutine that trains
	told   time.Duration    // the time that the step before told
	passed int              // stride - 1, whose bits a step that is kept has not

	mu     sync.Mutex // of what follows, which is also shown when the cell ends
	pace   pace
	shown  *Handle
	losses []float64
	at     []float64 // step of each loss
	stride int       // every which step is kept; 0 when no training is under way
	scores []graph.Scores
	every  int // which of the scores are kept
	judged int // how many there were
	newest graph.Scores
	best   graph.Scores // with the smallest loss, whose values stay
	last   graph.Progress
}

// What is drawn is one figure, or several in one.
type drawn interface {
	picture() canvas.Picture
	text() string
	bundle() Bundle
}

// report takes in one step and shows it if it is time to. Steps so rapid that nobody looked
// at the clock in between are taken in together.
func (l *live) report(p graph.Progress) {
	rapid := p.Elapsed == l.told && l.told > 0 && p.Scores == nil && !p.Done
	if rapid && p.Step&l.passed != 0 {
		return // it would neither be kept nor seen
	}
	l.rapid = append(l.rapid, p)
	if rapid && len(l.rapid) < mostRapid {
		return
	}
	l.told = p.Elapsed
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, p := range l.rapid {
		l.take(p)
	}
	l.rapid, l.passed = l.rapid[:0], l.stride-1 // which is a power of two
	switch {
	case p.Done:
		l.screen.unfinished.end(l)
		l.show(true)
		l.stride = 0 // the next report is of another training
	case l.pace.ready(p.Elapsed):
		l.pace.frame(func() int { return l.show(false) })
	}
}

// mostRapid is how many steps are taken in together.
const mostRapid = 32

// take takes in a step.
func (l *live) take(p graph.Progress) {
	if l.stride == 0 || p.Step < l.last.Step {
		l.begin()
	}
	l.keep(p)
	l.keepScores(p.Scores)
	l.last = p
}

// begin forgets the training before.
func (l *live) begin() {
	l.screen.unfinished.end(l)
	l.pace, l.shown, l.last = pace{now: l.pace.now}, nil, graph.Progress{}
	l.scores, l.every, l.judged = nil, 1, 0
	l.losses, l.at, l.stride = make([]float64, 0, history), make([]float64, 0, history), 1
	l.screen.unfinished.begin(l, func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		l.show(true)
	})
}

// keep remembers the loss of a step, unless it falls between those that are kept.
func (l *live) keep(p graph.Progress) {
	n := len(l.at)
	if p.Done && !finite(p.Loss) {
		p.Step = l.last.Step + 1 // which could not be made; the chart says so where it would be
	}
	if n > 0 && l.at[n-1] == float64(p.Step) {
		return // the closing report repeats the last step
	}
	if !p.Done && p.Step%l.stride != 0 && n > 0 {
		return
	}
	l.at, l.losses = append(l.at, float64(p.Step)), append(l.losses, p.Loss)
	if len(l.at) < history {
		return
	}
	l.stride *= 2
	for i := range len(l.at) / 2 {
		l.at[i], l.losses[i] = l.at[2*i], l.losses[2*i]
	}
	l.at, l.losses = l.at[:len(l.at)/2], l.losses[:len(l.losses)/2]
}

// keepScores remembers scores, and forgets as keep does.
func (l *live) keepScores(s *graph.Scores) {
	if s == nil {
		return
	}
	if l.newest = *s; l.judged == 0 || s.Loss < l.best.Loss {
		l.best = *s
	}
	if l.judged++; l.judged%l.every == 0 {
		l.scores = append(l.scores, *s)
	}
	if len(l.scores) < history {
		return
	}
	l.every *= 2
	for i := range len(l.scores) / 2 {
		l.scores[i] = l.scores[2*i+1]
	}
	l.scores = l.scores[:len(l.scores)/2]
}

// show sends a frame: as a line of text to a console, as a figure elsewhere. It returns
// how many bytes it sent.
func (l *live) show(last bool) int {
	if c, ok := l.screen.out.(*console); ok {
		c.progress(l.line(), last)
		return 0
	}
	figure := l.draw(l)
	var bundle Bundle
	if last {
		bundle = figure.bundle()
	} else {
		bundle = frameBundle(figure.picture(), figure.text())
	}
	if l.shown == nil {
		l.shown = l.screen.display(bundle)
	} else {
		l.shown.update(bundle)
	}
	return bundle.size()
}

// line is the state of the training in a few words.
func (l *live) line() string {
	s := fmt.Sprintf("step %d of %d  loss %s", l.last.Step, l.last.Steps, canvas.Number(l.last.Loss))
	for _, name := range l.metrics() {
		s += fmt.Sprintf("  %s %s", name, canvas.Number(l.current().Metrics[name]))
	}
	return s + fmt.Sprintf("  %s", l.last.Elapsed.Round(10*time.Millisecond))
}

// metrics are the names of what is drawn beside the loss.
func (l *live) metrics() []string {
	if len(l.scores) == 0 {
		return nil
	}
	return slices.Sorted(maps.Keys(l.scores[0].Metrics))
}

// besideWidth is that of a chart that shares a line of the page with another.
const besideWidth = 430

// curves are the loss so far, and the metrics beside it.
func (l *live) curves() drawn {
	loss, metrics := l.loss(), l.metrics()
	if len(metrics) == 0 {
		return loss
	}
	scores := l.frame("")
	scores.floating = true
	for _, name := range metrics {
		scores.curves = append(scores.curves, judgedCurve(name, l.scores, func(s graph.Scores) float64 { return s.Metrics[name] }))
	}
	scores.title = "metrics on validation data"
	if name := metrics[0]; len(metrics) == 1 {
		now := l.current()
		scores.title, scores.yLabel = fmt.Sprintf("%s %s at step %d", name, canvas.Number(now.Metrics[name]), now.Step), name
	}
	loss.width, scores.width = besideWidth, besideWidth
	return Grid(2, loss, scores)
}

// current says how good the variables are: those of the last step while the training goes
// on, and then those that stay.
func (l *live) current() graph.Scores {
	if l.last.Done {
		return l.best
	}
	return l.newest
}

// loss is the curve so far. The axis of losses becomes logarithmic once the loss has
// fallen to a hundredth, since it would only show a corner then.
func (l *live) loss() *Chart {
	c := l.frame("loss")
	c.title = fmt.Sprintf("loss %s at step %d", canvas.Number(l.last.Loss), l.last.Step)
	c.curves = []*curve{steps("loss", l.losses, func(i int) float64 { return l.at[i] })}
	if len(l.scores) > 0 {
		c.curves = append(c.curves, judgedCurve("validation", l.scores, func(s graph.Scores) float64 { return s.Loss }))
	}
	c.fall()
	return c
}

// frame is a chart without curves. Its axis of steps has its final length from the start,
// so that curves grow into it.
func (l *live) frame(y string) *Chart {
	c := &Chart{width: chartWidth, height: chartHeight, xLabel: "step", yLabel: y}
	if !l.last.Done {
		c.until = float64(l.last.Steps)
	}
	return c
}

// judgedCurve is one of the numbers in scores.
func judgedCurve(name string, scores []graph.Scores, number func(graph.Scores) float64) *curve {
	line := &curve{name: name, diverged: -1, points: make(plotter.XYs, len(scores))}
	for i, s := range scores {
		line.points[i] = plotter.XY{X: float64(s.Step), Y: number(s)}
	}
	return line
}
