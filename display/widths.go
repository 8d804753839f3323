package display

import (
	"fmt"
	"strings"
	"unicode"

	"golang.org/x/text/width"
)

// columnsOf is how many columns of a terminal a text takes: East Asian characters and
// emoji take two each, accents that stand above another character none.
func columnsOf(s string) int {
	n := 0
	for _, r := range s {
		switch kind := width.LookupRune(r).Kind(); {
		case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf):
		case kind == width.EastAsianWide || kind == width.EastAsianFullwidth:
			n += 2
		default:
			n++
		}
	}
	return n
}

// padded is a text with spaces behind it, so many columns wide.
func padded(s string, columns int) string {
	return s + strings.Repeat(" ", max(0, columns-columnsOf(s)))
}

// A value that fmt prints longer than this many bytes is shown by its beginning and its
// end: a page with more would take minutes to load.
const longText, shownBegin, shownEnd = 100_000, 40_000, 4_000

// excerptOf cuts the text of a value.
func excerptOf(s string) string {
	if len(s) <= longText {
		return s
	}
	begin, end := strings.ToValidUTF8(s[:shownBegin], ""), strings.ToValidUTF8(s[len(s)-shownEnd:], "")
	return fmt.Sprintf("%s\n… %d bytes are left out here; fmt.Print writes them …\n%s", begin, len(s)-len(begin)-len(end), end)
}
