package display

import (
	"fmt"
	"time"

	"gradbook/display/canvas"
	"gradbook/graph"
)

// frameEvery is the least time between two frames of a live figure: ten a second,
// which the eye takes for motion and a slow connection still carries.
const frameEvery = 100 * time.Millisecond

// history is how many losses a live curve keeps. When there are more, every
// second one is forgotten, so that a long training costs no more than a short one.
const history = 1000

// LiveLoss returns a function for the Report of a graph.Training that draws the
// loss while it falls. It shows one figure of a fixed size and updates it at most
// ten times a second; the last frame is always shown, with a PNG that stays in
// the notebook. It starts over when a training starts, so one function may serve
// several in turn.
func (s *Screen) LiveLoss() func(graph.Progress) {
	l := &live{screen: s, now: time.Now, chart: (*live).curve}
	return l.report
}

// LiveFit returns a function for the Report of a graph.Training that draws a node's
// line, as a function of a placeholder, through the points while it moves. It shows
// and updates one figure as [Screen.LiveLoss] does.
func (s *Screen) LiveFit(x, y any, node, placeholder *graph.Node) func(graph.Progress) {
	points := pairs("LiveFit", x, y)
	l := &live{screen: s, now: time.Now}
	l.chart = func(l *live) *Chart {
		c := &Chart{width: chartWidth, height: chartHeight}
		c.groups = append(c.groups, group{"data", points})
		c.title = fmt.Sprintf("loss %s at step %d", canvas.Number(l.last.Loss), l.last.Step)
		c.framed = true // the points stay where they are, wherever the line goes
		return c.Line(node, placeholder)
	}
	return l.report
}

// A live is one figure that follows a training. It is used by the goroutine that
// trains.
type live struct {
	screen *Screen
	now    func() time.Time
	chart  func(*live) *Chart // draws a frame

	shown  *Handle
	sent   time.Time // when the last frame was sent
	losses []float64
	at     []float64 // step of each loss
	stride int       // every which step is kept
	last   graph.Progress
}

// report takes in one step and shows it if it is time to.
func (l *live) report(p graph.Progress) {
	if l.shown == nil || p.Step < l.last.Step {
		*l = live{screen: l.screen, now: l.now, chart: l.chart, stride: 1}
	}
	l.keep(p)
	l.last = p
	now := l.now()
	switch {
	case p.Done:
		l.show(true)
	case l.shown == nil || now.Sub(l.sent) >= frameEvery:
		l.sent = now
		l.show(false)
	}
	if p.Done {
		l.shown = nil // the next report is of another training
	}
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

// show sends a frame: as a line of text to a console, as a figure elsewhere.
func (l *live) show(last bool) {
	if c, ok := l.screen.out.(*console); ok {
		c.progress(l.line(), last)
		l.shown = &Handle{}
		return
	}
	chart := l.chart(l)
	bundle := frameBundle(chart.picture(), chart.text())
	if last {
		bundle = chart.bundle()
	}
	if l.shown == nil {
		l.shown = l.screen.display(bundle)
	} else {
		l.shown.update(bundle)
	}
}

// line is the state of the training in a few words.
func (l *live) line() string {
	return fmt.Sprintf("step %d of %d  loss %s  %s", l.last.Step, l.last.Steps, canvas.Number(l.last.Loss), l.last.Elapsed.Round(10*time.Millisecond))
}

// curve is the loss so far. The axis of steps has its final length from the
// start, so the curve grows into it; the axis of losses becomes logarithmic once
// the loss has fallen to a hundredth, since it would only show a corner then.
func (l *live) curve() *Chart {
	c := &Chart{width: chartWidth, height: chartHeight, xLabel: "step", yLabel: "loss"}
	c.title = fmt.Sprintf("loss %s at step %d", canvas.Number(l.last.Loss), l.last.Step)
	c.curves = []*curve{steps("loss", l.losses, func(i int) float64 { return l.at[i] })}
	if !l.last.Done {
		c.until = float64(l.last.Steps)
	}
	c.fall()
	return c
}
