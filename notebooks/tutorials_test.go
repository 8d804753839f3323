package notebooks

import (
	"context"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"
)

// tutorials are played by the test below, by make demo, and by the front ends that
// the lab drives. The gallery teaches nothing but shows every figure.
var tutorials = []string{"linear.ipynb", "quadratic.ipynb", "digits.ipynb", "gallery.ipynb"}

// TestTutorials plays each tutorial on the real kernel, a process of its own, and
// wants the outputs that are committed: whoever changes what a cell shows is told
// to play it again, with
//
//	go run . run notebooks/linear.ipynb -o notebooks/linear.ipynb
func TestTutorials(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the kernel")
	}
	kernel := buildKernel(t)
	for _, path := range tutorials {
		t.Run(path, func(t *testing.T) {
			t.Parallel()
			ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
			defer cancel()
			out := filepath.Join(t.TempDir(), path)
			var progress strings.Builder
			err := Run(ctx, Options{Notebook: path, Out: out, HTML: out + ".html", Kernel: kernel, Progress: &progress})
			if err != nil {
				t.Fatalf("%v\n%s", err, &progress)
			}
			compareOutputs(t, path, out)
			comparePages(t, out)
		})
	}
}

// buildKernel builds the program that is being tested and returns its command as
// a kernel.
func buildKernel(t *testing.T) []string {
	t.Helper()
	program := filepath.Join(t.TempDir(), "gradbook")
	if runtime.GOOS == "windows" {
		program += ".exe"
	}
	build := exec.Command("go", "build", "-o", program, "gradbook")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("building the kernel: %v\n%s", err, out)
	}
	return []string{program, "kernel", "{connection_file}"}
}

// compareOutputs compares what the cells of two notebooks say, form by form.
func compareOutputs(t *testing.T, committed, played string) {
	t.Helper()
	want, err := ReadFile(committed)
	if err != nil {
		t.Fatal(err)
	}
	got, err := ReadFile(played)
	if err != nil {
		t.Fatal(err)
	}
	for i, c := range want.Cells {
		a, b := says(got.Cells[i]), says(c)
		if a != b {
			t.Errorf("cell %q now says\n%s\nand the committed notebook says\n%s", firstLine(c.Source, 60), a, b)
		}
	}
}

// duration is how long something took, which is never the same twice.
var duration = regexp.MustCompile(`\d+(\.\d+)?(ns|µs|ms|s)\b`)

// number matches the numbers in a text.
var number = regexp.MustCompile(`\d+(\.\d+)?(e[-+]?\d+)?`)

// rounded keeps of a number what another machine, which rounds elsewhere on the
// way, computes too.
func rounded(text string) string {
	v, err := strconv.ParseFloat(text, 64)
	if err != nil || v < 1e-6 {
		return "0"
	}
	return strconv.FormatFloat(v, 'g', 6, 64)
}

// says is what the outputs of a cell say in text, and which forms they have.
func says(c *Cell) string {
	var b strings.Builder
	for _, o := range c.Outputs {
		b.WriteString(o.Type + ": " + o.Text)
		for _, f := range forms {
			if _, ok := o.Data[f.mime]; ok {
				b.WriteString(f.mime + " ")
			}
		}
		text, _ := o.Data["text/plain"].(string)
		b.WriteString(text + "\n")
	}
	text := duration.ReplaceAllString(b.String(), "…")
	return number.ReplaceAllStringFunc(text, rounded)
}

// comparePages checks that the page beside a played notebook has what the story
// promises: a picture for every figure, and no error.
func comparePages(t *testing.T, out string) {
	t.Helper()
	data, err := os.ReadFile(out + ".html")
	if err != nil {
		t.Fatal(err)
	}
	page := string(data)
	n, err := ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	figures := 0
	for _, c := range n.Cells {
		for _, o := range c.Outputs {
			if _, ok := o.Data["image/png"]; ok {
				figures++
			}
		}
	}
	pictures := strings.Count(page, "<picture") + strings.Count(page, `<form class="gradbook-steps"`)
	if figures < 9 || pictures != figures {
		t.Errorf("the notebook has %d figures and the page %d pictures, want as many, and nine at least", figures, pictures)
	}
	for _, never := range []string{`class="text error"`, "<script", `class="tex"`} {
		if strings.Contains(page, never) {
			t.Errorf("the page holds %s", never)
		}
	}
}

// TestTutorialsAnswer reads the answers that the story promises off the committed
// outputs.
func TestTutorialsAnswer(t *testing.T) {
	for _, tt := range []struct{ path, source, want string }{
		{"linear.ipynb", "result.Compute(graph.Feed{x: 2, y: 3, z: 4})", "1"},
		{"linear.ipynb", "prediction.Compute(graph.Feed{x: 10, y: 4})", "6"},
		{"linear.ipynb", "difference.Compute(graph.Feed{x: 10, y: 4})", "2"},
		{"linear.ipynb", "squared.Compute(graph.Feed{x: 10, y: 4})", "4"},
		{"linear.ipynb", "slope.Compute(graph.Feed{x: 10, y: 4})", "40"},
	} {
		n, err := ReadFile(tt.path)
		if err != nil {
			t.Fatal(err)
		}
		got := "no such cell"
		for _, c := range n.Cells {
			if c.Source == tt.source && len(c.Outputs) == 1 {
				got, _ = c.Outputs[0].Data["text/plain"].(string)
			}
		}
		if got != tt.want {
			t.Errorf("%s: %s shows %s, want %s", tt.path, tt.source, got, tt.want)
		}
	}
}

// TestDigitsAreRead reads off the committed outputs that the third tutorial keeps what it
// promises: at least 97 % of digits it has not learned from are read right, each other one is
// shown, and so is the digit that was typed in.
func TestDigitsAreRead(t *testing.T) {
	n, err := ReadFile("digits.ipynb")
	if err != nil {
		t.Fatal(err)
	}
	shown := map[string]string{}
	for _, c := range n.Cells {
		for _, o := range c.Outputs {
			text, _ := o.Data["text/plain"].(string)
			shown[c.ID] += o.Text + text
		}
	}
	var share float64
	var right, all int
	if _, err := fmt.Sscanf(shown["test"], "%f %% of %d digits", &share, &all); err != nil || share < 97 {
		t.Errorf("the test says %q, want 97 %% at least", shown["test"])
	}
	if _, err := fmt.Sscanf(shown["confusion"], "%d of %d right", &right, &all); err != nil || math.Abs(100*float64(right)/float64(all)-share) > 0.05 {
		t.Errorf("%v %% are %d of %d, %v", share, right, all, err)
	}
	if wrong := strings.Count(shown["wrong"], "read as"); wrong != all-right {
		t.Errorf("%d wrongly read digits are shown, want %d", wrong, all-right)
	}
	if !strings.HasPrefix(shown["own"], "This is read as 2\n") || !strings.Contains(shown["check-gradients"], "agree: true") {
		t.Errorf("the digit typed in: %.30q; gradients: %q", shown["own"], shown["check-gradients"])
	}
}
