package kernel

import (
	"errors"
	"io"
	"testing"
)

// A typist answers questions with one line after the other.
type typist struct {
	deaf
	lines []string
}

func (t *typist) Input(string, bool) (string, error) {
	if len(t.lines) == 0 {
		return "", errors.New("nobody answers")
	}
	line := t.lines[0]
	t.lines = t.lines[1:]
	return line, nil
}

// TestStandardInput: what reads from os.Stdin, in whatever way, asks the user line by
// line, and what was typed and not read is there for the next.
func TestStandardInput(t *testing.T) {
	n := newNotebook(t)
	keys := &typist{lines: []string{"17 Ada", "3", "4", "a b", "whole line", "rest of it", "x", "{\"N\": 5}", "2"}}
	n.evaluator = newEvaluator(n.out, io.Discard, keys)
	n.shows("var a int\nvar name string\nfmt.Scan(&a, &name)\nfmt.Sprint(a, name)", "17Ada")
	n.shows("var b, c int\ncount, err := fmt.Scanln(&b)\nfmt.Sprint(count, err, b)", "1 <nil> 3")
	n.shows("fmt.Scanf(\"%d\\n\", &c)\nb * c", "12")
	n.shows("scanner := bufio.NewScanner(os.Stdin)\nscanner.Scan()\nscanner.Text()", "a b")
	n.shows("in := bufio.NewReader(os.Stdin)\nline, _ := in.ReadString('\\n')\nline", "whole line\n")
	n.shows("p := make([]byte, 4)\nk, _ := os.Stdin.Read(p)\nstring(p[:k])", "rest")
	n.shows("var r io.Reader = os.Stdin\nrest, _ := bufio.NewReader(r).ReadString('\\n')\nrest", " of it\n")
	n.shows("func first(r io.Reader) byte { b := []byte{0}; r.Read(b); return b[0] }\nfirst(os.Stdin)", "120")
	n.shows("var v struct{ N int }\njson.NewDecoder(os.Stdin).Decode(&v)\nv.N", "5")
	n.shows("fmt.Fscan(os.Stdin, &a)\na", "2")
	n.shows("_, err = fmt.Scan(&a)\nerr", "nobody answers")
	n.shows("os.Stdin.Name()", "/dev/stdin")
}
