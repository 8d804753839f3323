package notebooks

import (
	"strings"
	"testing"
)

func TestWriteANSI(t *testing.T) {
	for _, tt := range []struct{ name, in, want string }{
		{"plain", "a < b", "a &lt; b"},
		{"a colour and back", "\x1b[31mred\x1b[0m plain", `<span class="ansi-red-fg">red</span> plain`},
		{"reset by nothing", "\x1b[31mred\x1b[m plain", `<span class="ansi-red-fg">red</span> plain`},
		{"bright", "\x1b[92mok", `<span class="ansi-green-intense-fg">ok</span>`},
		{"ground", "\x1b[44m \x1b[104m \x1b[49m ", `<span class="ansi-blue-bg"> </span><span class="ansi-blue-intense-bg"> </span> `},
		{"several at once", "\x1b[1;3;4;31mx\x1b[22;23;24;39my", `<span class="ansi-red-fg ansi-bold ansi-italic ansi-underline">x</span>y`},
		{"inverse", "\x1b[7mx\x1b[27my", `<span class="ansi-inverse">x</span>y`},
		{"of the table: a named one", "\x1b[38;5;9mx", `<span class="ansi-red-intense-fg">x</span>`},
		{"of the table: the cube", "\x1b[38;5;214mx", `<span style="color:#ffaf00">x</span>`}, // as in xterm's chart
		{"of the table: a grey", "\x1b[48;5;240mx", `<span style="background-color:#585858">x</span>`},
		{"true colour", "\x1b[38;2;1;2;255;1mx", `<span class="ansi-bold" style="color:#0102ff">x</span>`},
		{"true colour with colons", "\x1b[38:2:1:2:255mx", `<span style="color:#0102ff">x</span>`},
		{"too large a number", "\x1b[38;2;999;0;0mx", `<span style="color:#ff0000">x</span>`},
		{"too few numbers", "\x1b[38;2mx", "x"},
		{"moving the cursor", "a\x1b[2Kb\x1b[1;1Hc", "abc"},
		{"a window title", "\x1b]0;title\x07a", "a"},
		{"an escape alone", "a\x1bb", "a\x1bb"},
		{"tags in colour", "\x1b[31m<b>", `<span class="ansi-red-fg">&lt;b&gt;</span>`},
	} {
		var b strings.Builder
		writeANSI(&b, tt.in)
		if got := b.String(); got != tt.want {
			t.Errorf("%s: %q became %s, want %s", tt.name, tt.in, got, tt.want)
		}
	}
}

func TestPlain(t *testing.T) {
	if got, want := plain([]string{"\x1b[1;31merror\x1b[0m", "line 2"}), "error\nline 2"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// TestPenStatesAreIndependent sets and unsets every style while another is on.
func TestPenStatesAreIndependent(t *testing.T) {
	for _, tt := range []struct{ on, off, class string }{
		{"1", "22", "ansi-bold"}, {"3", "23", "ansi-italic"}, {"4", "24", "ansi-underline"}, {"7", "27", "ansi-inverse"},
	} {
		var b strings.Builder
		writeANSI(&b, "\x1b[31m\x1b["+tt.on+"ma\x1b["+tt.off+"mb")
		want := `<span class="ansi-red-fg ` + tt.class + `">a</span><span class="ansi-red-fg">b</span>`
		if got := b.String(); got != want {
			t.Errorf("%s and %s: got %s, want %s", tt.on, tt.off, got, want)
		}
	}
}

// TestIndexedColors compares corners of xterm's table of 256 colours, as its
// source lists them.
func TestIndexedColors(t *testing.T) {
	for n, want := range map[int]string{
		0: "black", 7: "white", 8: "black-intense", 15: "white-intense",
		16: "#000000", 21: "#0000ff", 46: "#00ff00", 196: "#ff0000", 231: "#ffffff", 232: "#080808", 255: "#eeeeee",
	} {
		if got := indexed(n); got != want {
			t.Errorf("colour %d is %s, want %s", n, got, want)
		}
	}
}

// FuzzANSI: the spans balance, and no text of the terminal becomes a tag.
func FuzzANSI(f *testing.F) {
	f.Add("\x1b[1;31mred\x1b[0m <b>")
	f.Add("\x1b[38;5;\x1b[48;2;1;2m\x1b]0;t\x07")
	f.Fuzz(func(t *testing.T, text string) {
		var b strings.Builder
		writeANSI(&b, text)
		got := b.String()
		if open, shut := strings.Count(got, "<span"), strings.Count(got, "</span>"); open != shut || strings.Count(got, "<") != open+shut {
			t.Errorf("%q became %s: %d spans opened, %d closed", text, got, open, shut)
		}
	})
}
