package kernel

import (
	"context"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"slices"
	"strings"

	"gradbook/kernel/cell"
)

// A magic is a line of a cell that is no Go but a word to the notebook. Magics stand
// in the first lines of a cell, each with a sign before its name: %name for the line,
// %%name for the whole cell.
type magic struct {
	name      string // with its sign; %name stands for %%name too if whole
	arguments string
	help      string // one line
	whole     bool   // %%name takes the lines below it
	run       func(*evaluator, context.Context, order) (*Result, error)
}

// magics are all there are. It is filled by init, since %help lists it.
var magics []magic

func init() {
	magics = []magic{
		{"%time", "statements", "runs them, or with %%time the cell, and says how long it took", true, (*evaluator).time},
		{"%timeit", "statements", "runs them, or with %%timeit the cell, many times and says how long one time takes", true, (*evaluator).timeit},
		{"%who", "", "lists the variables with their types and values", false, (*evaluator).who},
		{"%reset", "", "forgets all that the cells declared and imported", false, (*evaluator).reset},
		{"%cd", "folder", "changes the working folder; - is the one before, nothing the home folder", false, (*evaluator).cd},
		{"%env", "NAME=value | NAME", "sets an environment variable, shows one, or shows all", false, (*evaluator).env},
		{"%get", "module@version | ./folder", "fetches a Go module, or takes one from a folder, so that cells can import it", false, (*evaluator).get},
		{"%load", "file | URL", "puts the text of a file in the place of the cell", false, (*evaluator).loadFile},
		{"%help", "", "lists these words", false, (*evaluator).help},
		{"%%bash", "script", "runs the lines below it with bash", true, (*evaluator).bash},
		{"!", "command", "runs a command of the system's shell", false, (*evaluator).shell},
		{"?", "name", "shows what a name is, and with ?? all that is known of it", false, (*evaluator).page},
	}
}

// An order is one use of a magic.
type order struct {
	magic    magic
	argument string
	body     string // of a %% magic: the lines below
	cell     int    // the number of the cell
	line     int    // where the order stands, from 0
	column   int    // where the argument begins in it
}

// orders takes the magics from the beginning of a cell. The rest keeps the lines it
// has, so that its positions are those of the cell.
func (e *evaluator) orders(number int, code string) (list []order, rest string, err error) {
	if name, ok := pagerQuestion(code); ok {
		return []order{{magic: magicOf("?"), argument: name}}, "", nil
	}
	lines := strings.Split(code, "\n")
	for i, text := range lines {
		word := strings.TrimSpace(text)
		if word != "" && !e.isMagic(word) {
			break
		}
		lines[i] = ""
		if word == "" {
			continue
		}
		o, err := orderOf(text)
		if err != nil {
			return nil, code, err
		}
		o.cell, o.line = number, i
		if strings.HasPrefix(word, "%%") {
			o.body = strings.Join(lines[i+1:], "\n")
			return append(list, o), "", nil
		}
		list = append(list, o)
	}
	if list == nil {
		return nil, code, nil
	}
	return list, strings.Join(lines, "\n"), nil
}

// isMagic tells a magic from Go that happens to begin with its sign: !done is Go where
// done is a variable.
func (e *evaluator) isMagic(line string) bool {
	return line[0] == '%' || line[0] == '!' && !e.negates(line)
}

// negates reports whether a line that begins with ! is a Go expression on what the
// cells know. No shell command has a parenthesis where Go has a call.
func (e *evaluator) negates(line string) bool {
	x, err := parser.ParseExpr(line)
	for err == nil {
		switch n := x.(type) {
		case *ast.BinaryExpr:
			x = n.X
		case *ast.UnaryExpr:
			x = n.X
		case *ast.SelectorExpr:
			x = n.X
		case *ast.IndexExpr:
			x = n.X
		case *ast.Ident:
			return n.Name == "true" || n.Name == "false" || e.session.Declares(n.Name)
		case *ast.CallExpr, *ast.ParenExpr:
			return true
		default:
			return false
		}
	}
	return false
}

func magicOf(name string) magic {
	return magics[slices.IndexFunc(magics, func(m magic) bool { return m.name == name })]
}

// orderOf is the order that a line gives. An unknown one is answered with a list.
func orderOf(text string) (order, error) {
	indent := len(text) - len(strings.TrimLeft(text, " \t"))
	word, _, _ := strings.Cut(strings.TrimSpace(text), " ")
	for _, m := range magics {
		if slices.Contains(m.words(), word) || m.name == "!" && word[0] == '!' {
			after := indent + len(word)
			if m.name == "!" {
				after = indent + 1
			}
			argument := strings.TrimSpace(text[after:])
			return order{magic: m, argument: argument, column: strings.LastIndex(text, argument)}, nil
		}
	}
	return order{}, fmt.Errorf("%s is not known here; there is\n%s", word, magicList())
}

// magicList is a line for each magic.
func magicList() string {
	var b strings.Builder
	for _, m := range magics {
		space := " "
		if m.name == "!" || m.name == "?" {
			space = ""
		}
		fmt.Fprintf(&b, "%-33s %s\n", strings.TrimSpace(m.name+space+m.arguments), m.help)
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// obey does what the first lines of a cell order. It returns the Go that follows, and
// what the last of the orders has to show.
func (e *evaluator) obey(ctx context.Context, number int, code string) (rest string, last *Result, err error) {
	list, rest, err := e.orders(number, code)
	for i := 0; err == nil && i < len(list); i++ {
		last, err = list[i].magic.run(e, ctx, list[i])
	}
	if errors.Is(err, context.Canceled) {
		return "", nil, errors.New("interrupted")
	}
	return rest, last, err
}

// help lists the magics.
func (e *evaluator) help(context.Context, order) (*Result, error) {
	_, err := fmt.Fprintln(e.stdout, magicList())
	return nil, err
}

// pagerQuestion recognises ?name and name?, and ?? for all there is: a question
// to the notebook, not Go. It returns the name, with a ? before it if all is wanted.
func pagerQuestion(code string) (question string, ok bool) {
	code = strings.TrimSpace(code)
	name := strings.TrimSpace(strings.Trim(code, "?"))
	if name == code || name == "" || strings.ContainsAny(name, " \t\n\"'`()?") {
		return "", false
	}
	if strings.HasPrefix(code, "??") || strings.HasSuffix(code, "??") {
		name = "?" + name
	}
	return name, true
}

// orderAt is the line of the cursor up to the cursor, from its %, if it is among the
// magics that begin a cell; and where in the code it starts, in code points.
func orderAt(code string, cursor int) (line string, start int, ok bool) {
	text := []rune(code)
	if cursor < 0 || cursor > len(text) {
		return "", 0, false
	}
	for start < cursor {
		line, _, more := strings.Cut(string(text[start:cursor]), "\n")
		trimmed := strings.TrimLeft(line, " \t\r")
		if trimmed != "" && trimmed[0] != '%' {
			return "", 0, false
		}
		if !more {
			return trimmed, start + len([]rune(line)) - len([]rune(trimmed)), trimmed != ""
		}
		start += len([]rune(line)) + 1
	}
	return "", 0, false
}

// completeOrder lists the magics that begin with line. What they are given is for the
// user to know.
func completeOrder(line string, start, cursor int) cell.Completion {
	found := cell.Completion{Start: start, End: cursor}
	if strings.ContainsAny(line, " \t") {
		found.Start = cursor
		return found
	}
	for _, m := range magics {
		for _, word := range m.words() {
			if strings.HasPrefix(word, line) {
				found.Matches = append(found.Matches, cell.Match{Text: word, Kind: cell.KindMagic, Signature: " " + m.arguments})
			}
		}
	}
	return found
}

// inspectOrder is the help of a magic that line uses or begins to spell.
func inspectOrder(line string) cell.Inspection {
	begun, _, _ := strings.Cut(line, " ")
	for _, m := range magics {
		for _, word := range m.words() {
			if strings.Trim(begun, "%") != "" && strings.HasPrefix(word, begun) {
				usage := word + " " + m.arguments
				return cell.Inspection{Found: true, Text: usage + "\n\n" + m.help, Markdown: "```\n" + usage + "\n```\n\n" + m.help}
			}
		}
	}
	return cell.Inspection{}
}

// words are what completion may write for a magic: none for those that are a mere sign.
func (m magic) words() []string {
	switch {
	case m.name[0] != '%':
		return nil
	case m.whole && m.name[1] != '%':
		return []string{m.name, "%" + m.name}
	}
	return []string{m.name}
}
