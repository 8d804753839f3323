package display

import (
	"bufio"
	"bytes"
	"io"
	"slices"
	"strings"
	"testing"
)

func TestShowAndUpdate(t *testing.T) {
	r := &recorder{}
	s := NewScreen(r)
	first, second := s.Show("one"), s.Show("two")
	first.Update("three")
	var got []string
	for _, s := range r.all {
		got = append(got, s.bundle.Data[textPlain].(string))
	}
	if want := []string{"one", "two", "three"}; !slices.Equal(got, want) {
		t.Fatalf("shown %q, want %q", got, want)
	}
	if r.all[0].id == r.all[1].id || r.all[2].id != r.all[0].id || !r.all[2].update {
		t.Errorf("ids %q, %q and update of %q, want two ids and an update of the first", r.all[0].id, r.all[1].id, r.all[2].id)
	}
	if second.id != r.all[1].id {
		t.Errorf("the second handle is of %q, want %q", second.id, r.all[1].id)
	}
}

// A page may hold outputs of an earlier kernel, whose ids must not be met again.
func TestScreensHaveOwnIDs(t *testing.T) {
	a, b := NewScreen(&recorder{}), NewScreen(&recorder{})
	if a.Show(1).id == b.Show(1).id {
		t.Error("two screens used the same id")
	}
}

func TestClearAndInput(t *testing.T) {
	r := &recorder{}
	s := NewScreen(r)
	s.Clear(true)
	s.Clear(false)
	if !slices.Equal(r.cleared, []bool{true, false}) {
		t.Errorf("cleared %v, want true, false", r.cleared)
	}
	for _, ask := range []func(string) (string, error){s.Input, s.Password} {
		if got, err := ask("name?"); got != "answer" || err != nil {
			t.Errorf("got %q, %v, want answer", got, err)
		}
	}
	if want := []string{"name?", "name? (hidden)"}; !slices.Equal(r.asked, want) {
		t.Errorf("asked %q, want %q", r.asked, want)
	}
}

func TestConsole(t *testing.T) {
	var out bytes.Buffer
	s := NewScreen(&console{w: &out, r: bufio.NewReader(strings.NewReader("Ada\r\nlast"))})
	shown := s.Show(HTML("<b>hi</b>"))
	shown.Update(6)
	s.Show(nil)
	s.Clear(false)
	for _, want := range []string{"Ada", "last"} {
		if got, err := s.Input("name? "); got != want || err != nil {
			t.Errorf("got %q, %v, want %q", got, err, want)
		}
	}
	if _, err := s.Input("name? "); err == nil || !strings.Contains(err.Error(), io.EOF.Error()) {
		t.Errorf("got error %v, want that the input is over", err)
	}
	if want := "hi\n6\nname? name? name? "; out.String() != want {
		t.Errorf("wrote %q, want %q", out.String(), want)
	}
}
