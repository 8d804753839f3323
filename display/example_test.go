package display_test

import (
	"fmt"
	"maps"
	"slices"

	"gradbook/display"
	"gradbook/graph"
)

// model is the linear model of the tutorials, with the error of its prediction.
func model() (x, y, w, b, squared *graph.Node) {
	x, y = graph.Placeholder("x"), graph.Placeholder("y")
	w, b = graph.Variable("w", 0.5), graph.Variable("b", 1)
	prediction := w.Multiply(x).Add(b).Named("prediction")
	difference := prediction.Subtract(y).Named("difference")
	return x, y, w, b, difference.Square().Named("error")
}

// In a program without a notebook, Show prints the text of what it is given.
func ExampleShow() {
	shown := display.Show("training …")
	shown.Update("trained")
	// Output:
	// training …
	// trained
}

// A node is a diagram by itself; as text it is a tree.
func ExampleGraph() {
	_, _, _, _, squared := model()
	display.Show(display.Graph(squared))
	// Output:
	// error = (w·x + b − y)²
	// ( )²  error
	// └─ −  difference
	//    ├─ +  prediction
	//    │  ├─ ×
	//    │  │  ├─ w (variable)
	//    │  │  └─ x (placeholder)
	//    │  └─ b (variable)
	//    └─ y (placeholder)
}

func ExampleDiagram_Values() {
	x, y, _, _, squared := model()
	display.Show(display.Graph(squared).Values(graph.Feed{x: 10, y: 4}))
	// Output:
	// error = (w·x + b − y)²
	// ( )²  error = 4
	// └─ −  difference = 2
	//    ├─ +  prediction = 6
	//    │  ├─ × = 5
	//    │  │  ├─ w (variable) = 0.5
	//    │  │  └─ x (placeholder) = 10
	//    │  └─ b (variable) = 1
	//    └─ y (placeholder) = 4
}

func ExampleDiagram_Gradients() {
	x, y, _, _, squared := model()
	display.Show(display.Graph(squared).Gradients(graph.Feed{x: 10, y: 4}))
	// Output:
	// error = (w·x + b − y)²
	// ( )²  error = 4  ∂ 1
	// └─ −  difference = 2  ∂ 4
	//    ├─ +  prediction = 6  ∂ 4
	//    │  ├─ × = 5  ∂ 4
	//    │  │  ├─ w (variable) = 0.5  ∂ 40
	//    │  │  └─ x (placeholder) = 10  ∂ 2
	//    │  └─ b (variable) = 1  ∂ 4
	//    └─ y (placeholder) = 4  ∂ −4
}

// Back-propagation to one variable, with the chain rule written out.
func ExampleDiagram_Path() {
	x, y, w, _, squared := model()
	display.Show(display.Graph(squared).Values(graph.Feed{x: 10, y: 4}).Path(w))
	// Output:
	// error = (w·x + b − y)²
	// ( )²  error = 4  ∂ 1
	// └─ −  difference = 2  ∂ 4
	//    ├─ +  prediction = 6  ∂ 4
	//    │  ├─ × = 5  ∂ 4
	//    │  │  ├─ w (variable) = 0.5  ∂ 40
	//    │  │  └─ x (placeholder) = 10
	//    │  └─ b (variable) = 1
	//    └─ y (placeholder) = 4
	// chain rule:  ∂error/∂w = 4 · 1 · 1 · 10 = 40
}

// A figure made of what cannot be drawn panics with an error that says so.
func ExampleError() {
	defer func() { fmt.Println(recover()) }()
	display.Scatter([]float64{1, 2, 3}, []float64{4, 5})
	// Output: display: Scatter: x has 3 values and y has 2, want as many
}

func ExampleScatter() {
	display.Show(display.Scatter([]float64{0, 5, 10}, []float64{80, 95, 99}).Labels("students", "score", "IQ"))
	// Output:
	// students
	// 99.57 ┤                                                          ⠄
	//       ┤
	//       ┤
	//       ┤                             ⠈
	//       ┤
	//       ┤
	//       ┤
	//       ┤
	//       ┤
	//       ┤
	//       ┤
	//       ┤
	//       ┤
	// 79.43 ┤ ⠐
	//       └────────────────────────────────────────────────────────────
	//        −0.3                                                    10.3
	// IQ over score
}

func ExampleChart_Line() {
	x, w := graph.Placeholder("x"), graph.Variable("w", 2)
	prediction := w.Multiply(x).Named("prediction")
	display.Show(display.Scatter([]float64{0, 5, 10}, []float64{0, 11, 19}).Line(prediction, x).Mark(7, "the new student").Labels("a fit", "score", "IQ"))
	// Output:
	// a fit
	// 20.6 ┤                                                        ⣀⠤⠄
	//      ┤                                                   ⢀⣠⠴⠒⠉  ⠁
	//      ┤                                               ⣀⡤⠔⠚⠁
	//      ┤                                           ⣀⠤⠒⠋⠁
	//      ┤                                      ⢀⣠⠴⠒⠉
	//      ┤                                  ⣀⡠⠔⠊⠉
	//      ┤                             ⠐⣀⡤⠒⠋⠁
	//      ┤                         ⢀⣠⠤⠚⠉
	//      ┤                     ⣀⡠⠔⠊⠉
	//      ┤                 ⣀⠤⠖⠋⠁
	//      ┤            ⢀⣠⠤⠒⠉
	//      ┤        ⢀⡤⠔⠚⠉
	//      ┤    ⣀⠤⠖⠋⠁
	// −0.6 ┤ ⠐⠒⠉
	//      └────────────────────────────────────────────────────────────
	//       −0.3                                                    10.3
	// IQ over score
	// shown: data, prediction
	// at 7: the new student: 14
}

func ExampleChart_Function() {
	square := func(x float64) float64 { return x * x }
	display.Show(display.Scatter([]float64{-2, 0, 2}, []float64{4, 0, 4}).Function(square, "x²").Labels("a parabola", "x", "y"))
	// Output:
	// a parabola
	//  4.12 ┤ ⠠⡄                                                      ⢠⠄
	//       ┤  ⠘⣄                                                    ⣠⠃
	//       ┤   ⠈⢆                                                  ⡰⠁
	//       ┤    ⠈⢆                                                ⡰⠁
	//       ┤      ⠳⡀                                            ⢀⠞
	//       ┤       ⠙⢄                                          ⡠⠋
	//       ┤        ⠈⢦⡀                                      ⢀⡴⠁
	//       ┤          ⠑⢄                                    ⡠⠊
	//       ┤           ⠈⠳⡀                                ⢀⠞⠁
	//       ┤             ⠈⠢⡀                            ⢀⠔⠁
	//       ┤               ⠈⠢⣀                        ⣀⠔⠁
	//       ┤                 ⠈⠓⢤⡀                  ⢀⡤⠚⠁
	//       ┤                    ⠈⠓⠦⢄⡀          ⢀⡠⠴⠚⠁
	// −0.12 ┤                        ⠈⠉⠓⠒⠒⠒⠒⠒⠒⠚⠉⠁
	//       └────────────────────────────────────────────────────────────
	//        −2.12                                                   2.12
	// y over x
	// shown: data, x²
}

func ExampleChart_Group() {
	display.Show(display.Scatter([]int{1, 2}, []int{1, 2}).Group("others", []int{1, 2}, []int{4, 3}).Labels("two groups", "x", "y"))
	// Output:
	// two groups
	// 4.09 ┤ ⠠
	//      ┤
	//      ┤
	//      ┤
	//      ┤                                                          ⡀
	//      ┤
	//      ┤
	//      ┤
	//      ┤
	//      ┤                                                          ⠁
	//      ┤
	//      ┤
	//      ┤
	// 0.91 ┤ ⠐
	//      └────────────────────────────────────────────────────────────
	//       0.97                                                    2.03
	// y over x
	// shown: data, others
}

func ExampleLoss() {
	display.Show(display.Loss([]float64{16, 8, 4, 2, 1, 1}).Labels("five steps", "step", "loss"))
	// Output:
	// five steps
	// 16 ┤⠑⢄
	//    ┤ ⠈⠢⡀
	//    ┤   ⠈⢢
	//    ┤     ⠑⢄
	//    ┤       ⠣⡀
	//    ┤        ⠈⠢⡀
	//    ┤          ⠑⢄⡀
	//    ┤            ⠈⠒⠤⡀
	//    ┤               ⠈⠑⠢⢄
	//    ┤                   ⠉⠒⠤⡀
	//    ┤                      ⠈⠑⠢⠤⢄⣀
	//    ┤                            ⠉⠉⠒⠤⠤⣀⡀
	//    ┤                                  ⠈⠉⠉⠒⠒⠒⠒⠤⠤⠤⢄⣀⣀⡀
	//  0 ┤                                               ⠈⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉
	//    └────────────────────────────────────────────────────────────
	//     1                                                          6
	// loss over step
}

func ExampleChart_Run() {
	slow, fast := []float64{100, 80, 64, 51, 41}, []float64{100, 10, 1, 0.1, 0.01}
	display.Show(display.Loss().Run("descent", slow).Run("Adam", fast).Log())
	// Output:
	// loss
	//  100 ┤⠉⠛⠭⣉⠉⠉⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⢄⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀
	//      ┤    ⠉⠒⠢⢄⡀                              ⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠑⠒⠒⠒⠒⠒⠒⠒⠒⠒
	//      ┤        ⠈⠑⠢⢄⣀
	//      ┤             ⠉⠒⠤⣀
	//      ┤                 ⠉⠑⠢⢄⡀
	//      ┤                     ⠈⠑⠢⠤⣀
	//      ┤                          ⠉⠒⠤⣀⡀
	//      ┤                              ⠉⠒⠤⣀
	//      ┤                                  ⠉⠒⠢⢄⡀
	//      ┤                                      ⠈⠑⠢⠤⣀
	//      ┤                                           ⠉⠒⠤⣀
	//      ┤                                               ⠉⠑⠢⢄⡀
	//      ┤                                                   ⠈⠑⠒⠤⣀
	// 0.01 ┤                                                        ⠉⠒⠤⣀
	//      └────────────────────────────────────────────────────────────
	//       1                                                          5
	// loss (log) over step
	// shown: descent, Adam
}

func ExampleHistogram() {
	display.Show(display.Histogram([]float64{1, 1, 2, 2, 2, 3, 5}, 4).Labels("scores", "score", "students"))
	// Output:
	// scores
	// 1 to 2 ┤███████████████████████████ 2
	// 2 to 3 ┤████████████████████████████████████████ 3
	// 3 to 4 ┤█████████████ 1
	// 4 to 5 ┤█████████████ 1
	// students over score
}

func ExampleBars() {
	display.Show(display.Bars([]string{"descent", "Adam"}, []float64{4, 1}))
	// Output:
	// descent ┤████████████████████████████████████████ 4
	// Adam    ┤██████████ 1
}

func ExampleHeatmap() {
	display.Show(display.Heatmap([][]float64{{1, 2}, {3, 4}}).Names([]string{"up", "down"}, []string{"left", "right"}))
	// Output:
	//       left  right
	// ────  ────  ─────
	// up       1      2
	// down     3      4
}

// Two images, row by row; a notebook draws them in shades of gray.
func ExampleImages() {
	pixels := [][]int{
		{0, 9, 0, 0, 9, 0, 0, 9, 0},
		{9, 9, 9, 9, 0, 9, 9, 9, 9},
	}
	display.Show(display.Images(pixels).Shape(3, 3).Captions([]int{1, 0}))
	// Output:
	//  █   ███
	//  █   █ █
	//  █   ███
	// 1    0
	// from 0 to 9
}

// Weights have signs: orange below zero and blue above, here - and #.
func ExampleGallery() {
	weights, _ := graph.NewTensor([][][]float64{{{-1, 0}, {0, 1}}, {{1, 0}, {0, -1}}})
	display.Show(display.Images(weights).Columns(2).Title("two neurons"))
	// Output:
	// two neurons
	// =   #
	//  #   =
	// from −1 to 1
}

func ExampleConfusion() {
	truth, predicted := []int{0, 0, 1, 1}, []int{0, 1, 1, 1}
	display.Show(display.Confusion(truth, predicted, "cat", "dog"))
	// Output:
	// 3 of 4 right
	//      cat  dog
	// ───  ───  ───
	// cat    1    1
	// dog    0    2
}

// A line with a band of uncertainty; a terminal draws the line.
func ExampleLine() {
	x, y := []float64{0, 1, 2}, []float64{1, 2, 4}
	low, high := []float64{0, 1, 3}, []float64{2, 3, 5}
	chart := display.Line(x, y).Band(x, low, high).Labels("growth", "day", "size")
	fmt.Println(slices.Sorted(maps.Keys(display.Render(chart).Data)))
	// Output: [image/png text/html text/plain]
}

func ExampleResiduals() {
	observed, predicted := []float64{3, 5, 8}, []float64{3.5, 5, 7}
	fmt.Println(slices.Sorted(maps.Keys(display.Render(display.Residuals(observed, predicted)).Data)))
	// Output: [image/png text/html text/plain]
}

func ExampleContour() {
	valley := display.Contour(func(x, y float64) float64 { return x*x + y*y }, -2, 2, -2, 2)
	fmt.Println(slices.Sorted(maps.Keys(display.Render(valley).Data)))
	// Output: [image/png text/html text/plain]
}

// The values that training gives the variables, as lines and as a path through the
// landscape of the loss.
func ExampleTrace() {
	x, y, w, b, squared := model()
	loss := squared.Mean()
	data := graph.Feed{x: []float64{1, 2, 3}, y: []float64{3, 5, 7}}
	traces := display.Trace(w, b)
	_, err := graph.Minimize(loss, graph.Training{Feed: data, Steps: 50, Report: traces.Report})
	figure := display.Grid(2, traces, display.LossSurface(loss, w, b, data, traces))
	fmt.Println(slices.Sorted(maps.Keys(display.Render(figure).Data)), err)
	// Output: [image/png text/html text/plain] <nil>
}

// In a notebook the steps are a figure with buttons; a terminal has them as lines.
func ExampleDiagram_Steps() {
	w := graph.Variable("w", 3)
	display.Show(display.Graph(w.Square().Named("error")).Steps())
	// Output:
	// the graph, before anything is computed
	// given:  w = 3
	// forward:  error = w² = 9
	// backward:  ∂error/∂error = 1, where the way back begins
	// backward:  ∂error/∂w = 1 · 6 = 6
}

// The graph of a training, as the engine runs it: everything of a hundred elements in one
// loop, and what the loss and its gradients have in common once.
func ExampleProgram() {
	x, y := graph.Placeholder("x"), graph.Placeholder("y")
	w := graph.Variable("w", 0.5)
	loss := w.Multiply(x).Subtract(y).Square().Sum().Named("loss")

	xs := make([]float64, 100)
	listing := display.Program(loss, graph.Gradients(loss, w)...).Feed(graph.Feed{x: xs, y: xs})
	fmt.Println(display.Render(listing).Data["text/plain"])
	// Output:
	// what computes loss = Σ((w·x − y)²) and 1 more
	// a3 = 2
	// a0 = w
	// for 100 elements
	//   t0 = mul [x:100] a0  w·x [100]
	//   t0 = sub t0 [y:100]  w·x − y [100]
	//   a1 = dot t0 t0       loss
	//   a2 = dot [x:100] t0  part of 2·(w·x − y)·x
	// a2 = mul a3 a2         2·(w·x − y)·x
	// output a1              loss
	// output a2              2·(w·x − y)·x
	// 5 instructions, 1 loop, 32 bytes of memory
}

// A layer that is a scope is drawn in a frame, or folded into one shape.
func ExampleDiagram_Collapse() {
	x := graph.Placeholder("x")
	w, b := graph.Variable("w", 2), graph.Variable("b", 1)
	hidden := graph.Scope("hidden", w.Multiply(x).Add(b).Tanh(), x)

	fmt.Println(display.Render(display.Graph(hidden.Square()).Collapse("hidden")).Data["text/plain"])
	// Output:
	// tanh(w·x + b)²
	// ( )²
	// └─ hidden (5 nodes)
	//    └─ x (placeholder)
}

// The frames of a graph that is small are open; those of a large one are opened.
func ExampleDiagram_Expand() {
	x := graph.Placeholder("x")
	hidden := graph.Scope("hidden", x.Multiply(2).Tanh(), x)

	fmt.Println(display.Render(display.Graph(hidden).Expand("hidden")).Data["text/plain"])
	// Output:
	// tanh(x·2)
	// tanh  in hidden
	// └─ ×
	//    ├─ x (placeholder)
	//    └─ 2
}

func ExampleFormula() {
	_, _, w, _, squared := model()
	display.Show(display.Formula(squared, w))
	// Output:
	// error = (w·x + b − y)²
	// ∂error/∂w = 2·difference·x
}

// ExampleProgress counts work; in a console it is a line that overwrites itself, so its
// output is not compared.
func ExampleProgress() {
	bar := display.Progress("reading", 100)
	for range 100 {
		bar.Advance(1)
	}
}

// Each result is in the table as soon as it is known.
func ExampleLiveTable() {
	w := graph.Variable("w", 5)
	loss := w.Subtract(3).Square()
	results := display.LiveTable("rate", "loss")
	for _, rate := range []float64{0.25, 0.5} {
		_ = w.Set(5)
		fit, err := graph.Minimize(loss, graph.Training{Steps: 2, Optimizer: graph.GradientDescent{Rate: rate}})
		if err != nil {
			fmt.Println(err)
			return
		}
		results.Row(rate, fit.Loss)
	}
	// Output:
	//         rate          loss
	//         0.25          0.25
	//          0.5             0
}

// ExampleLiveFit trains while the line moves through the data; see ExampleLiveLoss.
func ExampleLiveFit() {
	x, y, _, _, squared := model()
	prediction := squared.Inputs()[0].Inputs()[0]
	xs, ys := []float64{1, 2, 3}, []float64{3, 5, 7}
	fit, err := graph.Minimize(squared.Mean(), graph.Training{Feed: graph.Feed{x: xs, y: ys}, Report: display.LiveFit(xs, ys, prediction, x)})
	fmt.Println(fit, err)
}

func ExampleTable() {
	var t display.Table
	t.Head = []string{"optimizer", "steps", "loss"}
	t.Row("descent", 5000, 0.25)
	t.Row("Adam", 800, 0.125)
	display.Show(t)
	// Output:
	// optimizer  steps   loss
	// ─────────  ─────  ─────
	// descent     5000   0.25
	// Adam         800  0.125
}

func ExampleText() {
	display.Show(display.Text("as it is"))
	// Output: as it is
}

func ExampleHTML() {
	display.Show(display.HTML("<b>6</b> &lt; 7"))
	// Output: 6 < 7
}

func ExampleMarkdown() {
	display.Show(display.Markdown("a **model** is a graph"))
	// Output: a **model** is a graph
}

func ExampleMath() {
	display.Show(display.Math(`\frac{\partial e}{\partial w} = 2(wx + b - y) \cdot x`))
	// Output:
	// ∂e/∂w = 2(wx + b − y) · x
}

// What a kernel sends for a figure.
func ExampleRender() {
	_, _, _, _, squared := model()
	fmt.Println(slices.Sorted(maps.Keys(display.Render(squared).Data)))
	fmt.Println(slices.Sorted(maps.Keys(display.Render(6).Data)))
	// Output:
	// [image/png text/html text/plain]
	// [text/plain]
}

// ExampleLiveLoss trains without a notebook, where the figure is a line of text
// that overwrites itself; so its output is not compared.
func ExampleLiveLoss() {
	x, y, _, _, squared := model()
	fit, err := graph.Minimize(squared.Mean(), graph.Training{
		Feed:      graph.Feed{x: []float64{1, 2, 3}, y: []float64{3, 5, 7}},
		Optimizer: graph.GradientDescent{Rate: 0.05},
		Steps:     2000,
		Report:    display.LiveLoss(),
	})
	fmt.Println(fit, err)
}
