package symbols

import (
	"go/build"
	"os"
	"strings"
	"testing"
)

// TestNoPathOfTheMachine: type data holds no position, so nothing of the machine that
// generated it is in the binary.
func TestNoPathOfTheMachine(t *testing.T) {
	home, err := os.UserHomeDir()
	if err != nil {
		home = "/root"
	}
	working, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for name := range entries() {
		if !strings.HasPrefix(name, "types/") {
			continue
		}
		contents, _ := entry(name)
		for _, secret := range []string{build.Default.GOROOT + "/src", home + "/go", working, ".go\x00", "_amd64.go"} {
			if strings.Contains(string(contents), secret) {
				t.Errorf("%s holds %q", name, secret)
			}
		}
	}
}

func TestEntries(t *testing.T) {
	if text, ok := entry("docs/fmt"); !ok || len(text) < 1000 {
		t.Errorf("docs/fmt: got %d bytes, %v; want the documentation", len(text), ok)
	}
	if _, ok := entry("docs/no/such/package"); ok {
		t.Error("an entry that does not exist was found")
	}
}
