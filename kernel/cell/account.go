package cell

import (
	"cmp"
	"go/doc/comment"
	"strings"
)

// An account is all that is to be said of a name.
type account struct {
	declaration string // Go
	comment     string // in the syntax of doc comments
	path        string // of the package that the comment is from, for its links
	value       string // of a variable
	source      string // Go, if there is more to it than the declaration
	where       string // the cell it is from
}

// documented accounts for a name of a compiled package, "" for the package itself. Where
// there is no documentation, the declaration that the caller knows stands alone.
func (s *Session) documented(declaration, path, name string) *account {
	a := &account{declaration: declaration, path: path}
	if s.config.Doc == nil {
		return a
	}
	if text := s.config.Doc(path, name); text != "" {
		a.declaration, a.comment = cutDeclaration(text)
	}
	return a
}

// cutDeclaration divides documentation at the end of the declaration: the first empty line
// outside of brackets.
func cutDeclaration(text string) (declaration, comment string) {
	lines := strings.Split(text, "\n")
	depth := 0
	for i, line := range lines {
		if line == "" && depth <= 0 {
			return strings.Join(lines[:i], "\n"), strings.Join(lines[i+1:], "\n")
		}
		code, _, _ := strings.Cut(line, "//")
		depth += strings.Count(code, "{") + strings.Count(code, "(") - strings.Count(code, "}") - strings.Count(code, ")")
	}
	return text, ""
}

// inspection writes an account for a terminal and for a page.
func (a *account) inspection(s *Session) Inspection {
	if a.declaration == "" {
		return Inspection{}
	}
	doc := a.parser(s).Parse(a.comment)
	printer := comment.Printer{DocLinkURL: a.linkURL, TextWidth: 80}
	text := sections(a.declaration, strings.TrimSpace(string(printer.Text(doc))), labelled("Value: ", a.value),
		labelled("From: ", a.where), a.source)
	page := sections(fenced(a.declaration), strings.TrimSpace(string(printer.Markdown(doc))), value(a.value),
		labelled("From ", a.where), fenced(a.source))
	return Inspection{Found: true, Text: text, Markdown: page}
}

// sections joins what is not empty by empty lines.
func sections(parts ...string) string {
	var all []string
	for _, part := range parts {
		if part != "" {
			all = append(all, part)
		}
	}
	return strings.Join(all, "\n\n")
}

func labelled(label, text string) string {
	if text == "" {
		return ""
	}
	return label + text
}

func value(text string) string {
	if text == "" {
		return ""
	}
	return "Value:\n\n" + block("", text)
}

func fenced(code string) string {
	if code == "" {
		return ""
	}
	return block("go", code)
}

// block is a code block. Its fence is longer than any in the text.
func block(language, text string) string {
	fence := "```"
	for strings.Contains(text, fence) {
		fence += "`"
	}
	return fence + language + "\n" + text + "\n" + fence
}

// parser understands links such as [Buffer.Read] and [json.Marshal]. It takes every
// capitalised name in brackets for one: that a comment says so is all there is to go by.
func (a *account) parser(s *Session) *comment.Parser {
	return &comment.Parser{
		LookupSym: func(recv, name string) bool { return true },
		LookupPackage: func(name string) (string, bool) {
			if s.config.Paths == nil {
				return "", false
			}
			if paths := s.config.Paths(name); len(paths) > 0 {
				return paths[0], true
			}
			return "", false
		},
	}
}

// linkURL is where the documentation of a name is on the web. That of our own packages is
// here.
func (a *account) linkURL(link *comment.DocLink) string {
	there := *link
	there.ImportPath = cmp.Or(link.ImportPath, a.path)
	if first, _, _ := strings.Cut(there.ImportPath, "/"); first == "" || first == "gradbook" {
		return ""
	}
	return there.DefaultURL("https://pkg.go.dev")
}
