package kernel

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"gradbook/kernel/cell"
)

// A magic is a line of a cell that is no Go but a word to the notebook. Magics stand
// in the first lines of a cell, each with a % before its name.
type magic struct {
	name, arguments string
	help            string // one line
	run             func(e *evaluator, ctx context.Context, argument string) error
}

// magics are all there are.
var magics = []magic{
	{"get", "module@version | ./folder", "fetches a Go module, or takes one from a folder, so that cells can import it", (*evaluator).get},
}

// An order is one use of a magic.
type order struct {
	magic    magic
	argument string
}

// orders takes the magics from the beginning of a cell. The rest keeps the lines it
// has, so that its positions are those of the cell.
func orders(code string) (list []order, rest string, err error) {
	lines := strings.Split(code, "\n")
	for i, text := range lines {
		text = strings.TrimSpace(text)
		if text != "" && text[0] != '%' {
			break
		}
		if text != "" {
			o, err := orderOf(text[1:])
			if err != nil {
				return nil, code, err
			}
			list = append(list, o)
		}
		lines[i] = ""
	}
	if list == nil {
		return nil, code, nil
	}
	return list, strings.Join(lines, "\n"), nil
}

// orderOf is the order that a line gives. An unknown one is answered with a list.
func orderOf(text string) (order, error) {
	name, argument, _ := strings.Cut(text, " ")
	for _, m := range magics {
		if m.name == name {
			return order{m, strings.TrimSpace(argument)}, nil
		}
	}
	var known []string
	for _, m := range magics {
		known = append(known, fmt.Sprintf("%%%s %s %s", m.name, m.arguments, m.help))
	}
	return order{}, fmt.Errorf("%%%s is not known here; there is\n%s", name, strings.Join(known, "\n"))
}

// obey does what the first lines of a cell order, and returns the Go that follows.
func (e *evaluator) obey(ctx context.Context, code string) (rest string, err error) {
	list, rest, err := orders(code)
	for i := 0; err == nil && i < len(list); i++ {
		err = list[i].magic.run(e, ctx, list[i].argument)
	}
	if errors.Is(err, context.Canceled) {
		return "", errors.New("interrupted")
	}
	return rest, err
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
		if strings.HasPrefix("%"+m.name, line) {
			found.Matches = append(found.Matches, cell.Match{Text: "%" + m.name, Kind: cell.KindMagic, Signature: " " + m.arguments})
		}
	}
	return found
}

// inspectOrder is the help of a magic that line uses or begins to spell.
func inspectOrder(line string) cell.Inspection {
	name, _, _ := strings.Cut(line[1:], " ")
	for _, m := range magics {
		if name != "" && strings.HasPrefix(m.name, name) {
			usage := "%" + m.name + " " + m.arguments
			return cell.Inspection{Found: true, Text: usage + "\n\n" + m.help, Markdown: "```\n" + usage + "\n```\n\n" + m.help}
		}
	}
	return cell.Inspection{}
}
