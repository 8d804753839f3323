package kernel

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"runtime"
	"strings"
	"testing"

	"gradbook/kernel/client"
	"gradbook/kernel/wire"
)

// TestMain lets the test binary be the kernel: a kernel owns the process's signals
// and descriptors, so the real one is tested as a process of its own, over real
// sockets.
func TestMain(m *testing.M) {
	file := os.Getenv("GRADBOOK_TEST_CONNECTION")
	if file == "" && len(os.Args) == 3 && os.Args[1] == "kernel" {
		file = os.Args[2]
	}
	if file == "" {
		os.Exit(m.Run())
	}
	c, err := wire.ReadConnection(file)
	if err == nil {
		err = Run(context.Background(), c, Options{Version: "test", History: os.Getenv("GRADBOOK_TEST_HISTORY")})
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// A session is a real kernel and a client of it.
type session struct {
	*client.Process
	t *testing.T
}

// signalled sends a process what Ctrl-C sends.
func signalled(pid int) error {
	p, err := os.FindProcess(pid)
	if err != nil {
		return err
	}
	return p.Signal(os.Interrupt)
}

func start(t *testing.T) *session {
	t.Helper()
	p, err := client.Start(t.Context(), []string{os.Args[0], "kernel", "{connection_file}"}, t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(p.Kill) // it has mostly ended already
	return &session{p, t}
}

// run runs a cell and returns what it said, a line each, and its reply.
func (s *session) run(code string) (said []string, reply *wire.ExecuteReply) {
	s.t.Helper()
	return s.runMeanwhile(code, func(*wire.Message) {})
}

func (s *session) runMeanwhile(code string, on func(*wire.Message)) (said []string, reply *wire.ExecuteReply) {
	s.t.Helper()
	reply, err := s.Client.Execute(s.t.Context(), run(code), func(m *wire.Message) {
		switch m.Header.Type {
		case "status", "execute_input":
		case "stream": // pieces of one stream are joined: how it was cut is chance
			line := summary(m)
			name, text, _ := strings.Cut(line, " ")
			if n := len(said); n > 0 && strings.HasPrefix(said[n-1], name+" ") {
				said[n-1] += text
				break
			}
			said = append(said, line)
		default:
			said = append(said, summary(m))
		}
		on(m)
	})
	if err != nil {
		s.t.Fatalf("%s: %v", code, err)
	}
	return said, reply
}

func (s *session) expect(code string, want ...string) {
	s.t.Helper()
	if said, _ := s.run(code); strings.Join(said, "|") != strings.Join(want, "|") {
		s.t.Errorf("%s\nsaid %q\nwant %q", code, said, want)
	}
}

// TestOutputOrder: whatever road text takes, it arrives in the order it was written,
// before the value.
func TestOutputOrder(t *testing.T) {
	s := start(t)
	s.expect(`fmt.Println("a")
fmt.Fprintln(os.Stderr, "b")
fmt.Println("c")
os.Stdout.WriteString("d\n")
fmt.Println("e")
log.New(os.Stderr, "", 0).Print("f")
display.Show(display.Text("g"))
command := exec.Command("go", "version")
command.Stdout = os.Stdout
check := command.Run()
fmt.Println("h", check)
42`, "stdout a\n", "stderr b\n", "stdout c\nd\ne\n", "stderr f\n", "display_data g",
		"stdout "+goVersion()+"h <nil>\n", "execute_result 42")
	s.expect(`for i := range 3000 { if i%2 == 0 { fmt.Println(i) } else { fmt.Fprintln(os.Stderr, i) } }`, alternating(3000)...)
}

func goVersion() string {
	text, err := exec.Command("go", "version").Output()
	if err != nil {
		panic(err) // there is no test without Go
	}
	return string(text)
}

func alternating(n int) (lines []string) {
	for i := range n {
		lines = append(lines, fmt.Sprintf("%s %d\n", []string{"stdout", "stderr"}[i%2], i))
	}
	return lines
}

// TestStop: the Stop button ends what runs, by message and by signal, and leaves
// variables and closures alone.
func TestStop(t *testing.T) {
	s := start(t)
	s.expect(`n := 0
next := func() int { n++; return n }
next()`, "execute_result 1")
	stops := map[string]func() error{"message": func() error { return s.Client.Interrupt(t.Context()) }}
	if runtime.GOOS != "windows" { // which has no such signal
		stops["signal"] = func() error { return signalled(s.PID()) }
	}
	want := 2
	for name, stop := range stops {
		for _, code := range []string{
			"fmt.Println(\"go\")\nfor {}", "fmt.Println(\"go\")\ntime.Sleep(time.Hour)", "fmt.Println(\"go\")\n<-make(chan int)",
			"fmt.Println(\"go\")\nselect {}", "for { fmt.Println(\"go\") }",
			"v := graph.Variable(\"v\", 1)\nfmt.Println(\"go\")\ngraph.Minimize(v.Square(), graph.Training{Steps: 1e9})",
		} {
			stopped := false
			said, reply := s.runMeanwhile(code, func(m *wire.Message) {
				if m.Header.Type == "stream" && !stopped {
					stopped = true
					go func() {
						if err := stop(); err != nil {
							t.Error(err)
						}
					}()
				}
			})
			if reply.Status != wire.Failed || !strings.Contains(reply.Value, "interrupt") && !strings.Contains(reply.Value, "stopped") {
				t.Errorf("%s: %s\nsaid %.200q, reply %+v, want it interrupted", name, code, said, reply)
			}
		}
		s.expect("next()", fmt.Sprint("execute_result ", want))
		want++
	}
}

// TestQuestions: a cell asks, the client answers.
func TestQuestions(t *testing.T) {
	s := start(t)
	s.Client.OnInput = func(r wire.InputRequest) (string, error) {
		return fmt.Sprintf("answer to %s (%v)", r.Prompt, r.Password), nil
	}
	s.expect(`fmt.Println("first")
display.Input("name?")`, "stdout first\n", "execute_result answer to name? (false)")
	s.expect(`display.Password("secret?")`, "execute_result answer to secret? (true)")
}

// foreign is what no user must be shown: the interpreter, and Go's own traces.
var foreign = regexp.MustCompile(`yaegi|goroutine \d|\.go:\d|reflect\.`)

// TestFailuresAreSurvived: after each, the variables are still there.
func TestFailuresAreSurvived(t *testing.T) {
	s := start(t)
	s.run("kept := 5")
	for code, want := range map[string]string{
		`panic("oh")`:    "oh",
		`[]int{1}[kept]`: "index out of range [5] with length 1",
		`func f(n int) int { return f(n+1) + 1 }; f(0)`: "stack",
		`os.Exit(3)`:                          "exit",
		`nothing + 1`:                         "undefined: nothing",
		`for {`:                               "expected",
		`errors.New("mine"), errors.New("x")`: "",
		`strconv.Atoi("seven")`:               "invalid syntax",
		`graph.Variable("w", []int{1,2}).Add([]int{1,2,3})`: `"w" is [2]`,
		`graph.Placeholder("x").Compute()`:                  `placeholder "x" was not fed`,
	} {
		said, reply := s.run(code)
		if reply.Status != wire.Failed || !strings.Contains(reply.Value, want) {
			t.Errorf("%s: %+v, want an error with %q", code, reply, want)
			continue
		}
		for _, line := range append(reply.Traceback, said...) {
			if foreign.MatchString(line) {
				t.Errorf("%s: the user is shown %q", code, line)
			}
		}
		s.expect("kept", "execute_result 5")
	}
}

// TestShutdown ends a kernel that runs an endless loop, and loses nothing of what was
// printed before.
func TestShutdown(t *testing.T) {
	s := start(t)
	lines := 0
	ended := make(chan error, 1)
	_, err := s.Client.Execute(t.Context(), run(`for i := range 20000 { fmt.Println(i) }
fmt.Println("last")
for {}`), func(m *wire.Message) {
		if m.Header.Type != "stream" {
			return
		}
		var c wire.Stream
		if err := json.Unmarshal(m.Content, &c); err != nil {
			t.Error(err)
		}
		lines += strings.Count(c.Text, "\n")
		if strings.HasSuffix(c.Text, "last\n") {
			go func() { ended <- s.Shutdown(t.Context()) }()
		}
	})
	if lines != 20001 {
		t.Errorf("%d lines arrived (%v), want 20001", lines, err)
	}
	if err := <-ended; err != nil {
		t.Errorf("shutdown: %v", err)
	}
}
