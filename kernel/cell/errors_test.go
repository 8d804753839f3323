package cell

import (
	"errors"
	"strings"
	"testing"
)

// The caret stands under the name whatever is before it: tabs, and letters that are
// two columns wide.
func TestCaret(t *testing.T) {
	for _, tt := range []struct{ source, margin string }{
		{"x + zz", "    "}, {"\tzz", "\t"}, {"\"日本\" + zz", "         "}, {"\"é🙂\" + zz", "        "},
	} {
		e := Error{Source: tt.source, Column: strings.Index(tt.source, "zz") + 1}
		if got := e.margin(); got != tt.margin {
			t.Errorf("%s: margin %q, want %q", tt.source, got, tt.margin)
		}
	}
}

func TestNearKey(t *testing.T) {
	for _, literal := range []string{`Pt{Nmae: "a"}`, `&Pt{Nmae: "a"}`, `[]Pt{{Nmae: "a"}}`, `[]*Pt{{Nmae: "a"}}`} {
		_, err := New(Config{}).Compile(1, "type Pt struct{ Name string; Age int }\n_ = "+literal)
		var errs Errors
		if !errors.As(err, &errs) || !strings.HasSuffix(errs[0].Message, "(did you mean Name?)") {
			t.Errorf("%s: %v, want that Name was meant", literal, err)
		}
	}
}
