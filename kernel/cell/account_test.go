package cell

import (
	"strings"
	"testing"
)

// TestInspection: what an account has is written, in this order; what it has not leaves
// no gap.
func TestInspection(t *testing.T) {
	s := New(Config{})
	for _, tt := range []struct {
		account        account
		text, markdown string
	}{
		{account{}, "", ""},
		{account{declaration: "var x int"}, "var x int", "```go\nvar x int\n```"},
		{account{declaration: "var x int", value: "3", where: "In[2]"},
			"var x int\n\nValue: 3\n\nFrom: In[2]",
			"```go\nvar x int\n```\n\nValue:\n\n```\n3\n```\n\nFrom In[2]"},
		{account{declaration: "func f()", comment: "F does.\n\n\tcode\n", source: "func f() {}"},
			"func f()\n\nF does.\n\n\tcode\n\nfunc f() {}",
			"```go\nfunc f()\n```\n\nF does.\n\n\tcode\n\n```go\nfunc f() {}\n```"},
	} {
		got := tt.account.inspection(s)
		if got.Text != tt.text || got.Markdown != tt.markdown || got.Found != (tt.text != "") {
			t.Errorf("%+v: got\n%q\n%q\nwant\n%q\n%q", tt.account, got.Text, got.Markdown, tt.text, tt.markdown)
		}
	}
}

// TestLinks: names in brackets become links to where they are documented, if they are on
// the web.
func TestLinks(t *testing.T) {
	s := New(Config{Paths: func(name string) []string {
		if name == "json" {
			return []string{"encoding/json"}
		}
		return nil
	}})
	for _, tt := range []struct{ path, comment, want string }{
		{"bytes", "See [Buffer.Read].", "[Buffer.Read](https://pkg.go.dev/bytes#Buffer.Read)"},
		{"bytes", "See [json.Marshal].", "[json.Marshal](https://pkg.go.dev/encoding/json#Marshal)"},
		{"gradbook/graph", "See [Minimize].", "See Minimize."},
		{"", "See [Minimize].", "See Minimize."},
	} {
		a := account{declaration: "d", comment: tt.comment, path: tt.path}
		if got := a.inspection(s).Markdown; !strings.Contains(got, tt.want) {
			t.Errorf("%s in %q: got %q, want %q", tt.comment, tt.path, got, tt.want)
		}
	}
}

// TestDocumented: the documentation's declaration stands in for what the types tell.
func TestDocumented(t *testing.T) {
	s := New(Config{Doc: func(path, name string) string {
		if path == "p" && name == "F" {
			return "func F(x int)\n\nF does."
		}
		return ""
	}})
	if a := s.documented("func p.F(int)", "p", "F"); a.declaration != "func F(x int)" || a.comment != "F does." || a.path != "p" {
		t.Errorf("got %+v", a)
	}
	if a := s.documented("func p.G()", "p", "G"); a.declaration != "func p.G()" || a.comment != "" {
		t.Errorf("got %+v", a)
	}
}
