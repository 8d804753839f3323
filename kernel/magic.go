package kernel

import (
	"context"
	"errors"
	"fmt"
	"strings"
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
