package symbols

import "strings"

// Separators in an entry of documentation; package gen writes them.
const (
	recordSeparator = "\x1e"
	unitSeparator   = "\x1f"
)

// A Documentation is what the source says about one name.
type Documentation struct {
	Declaration string // as gofmt prints it, without bodies and without what is not exported
	Comment     string // the doc comment, in the syntax of https://go.dev/doc/comment
}

// Describe returns the documentation of a name in a package: a function or a type
// ("Println"), a method ("Buffer.Write"), a field ("Server.Addr"), or the package itself
// (""). The names that every cell knows, such as append and error, are in the package
// "builtin". A promoted method is described under the type that declares it.
func Describe(path, name string) (d Documentation, ok bool) {
	text, ok := entry("docs/" + path)
	if !ok {
		return d, false
	}
	return find(string(text), name)
}

// find reads one record of a package's documentation.
func find(text, name string) (d Documentation, ok bool) {
	_, record, ok := strings.Cut(text, recordSeparator+name+unitSeparator)
	if !ok {
		return d, false
	}
	record, _, _ = strings.Cut(record, recordSeparator)
	d.Declaration, d.Comment, _ = strings.Cut(record, unitSeparator)
	return d, true
}

// Doc returns the declaration of a name, an empty line and its comment, or "" if there is
// no such name. It is [Describe] as one text.
func Doc(path, name string) string {
	d, ok := Describe(path, name)
	if !ok || d.Comment == "" {
		return d.Declaration
	}
	return d.Declaration + "\n\n" + d.Comment
}
