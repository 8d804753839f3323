package kernel

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"reflect"
	"regexp"
	"strings"
	"testing"
)

// A scene is a line of a script, a conversation written down in testdata/conversations:
//
//	shell> cell execute_request {"code": "1 + 2"}
//	iopub< cell status {"execution_state": "busy"}
//	shell< cell execute_reply {"status": "ok"} metadata {"started": "/^20/"}
//
// The client sends (>) or hears (<) a message on a channel: its request, its type and its
// content. More parts of the message may follow. What is heard belongs to the request of that
// name, "-" to none; of one request the messages of a channel come in the order of the
// script, of different ones in any. A part that is heard has at least the fields that are
// written; "/…/" is a regular expression, and "$name" stands for what it first stood for. An
// input_reply answers the last question that was asked, whatever it is called.
//
// The line "restart" waits for the end of the kernel and starts another, with the same
// history. A script whose first line is "sockets" needs sockets.
type scene struct {
	at      string // the place in the file
	channel string
	sends   bool
	request string
	msgType string
	parts   map[string]map[string]any // "content" and others
}

// restart is the channel of the scene that starts another kernel.
const restart = "restart"

var sceneLine = regexp.MustCompile(`^(shell|control|stdin|iopub)([<>]) (\S+) (\w+) ?(.*)$`)

// readScript reads a file of scenes. Empty lines and those that begin with # say nothing.
func readScript(t *testing.T, file string) (scenes []scene, needsSockets bool) {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(bytes.NewReader(text))
	for n := 1; lines.Scan(); n++ {
		line, at := lines.Text(), fmt.Sprintf("%s:%d", file, n)
		switch {
		case line == "" || line[0] == '#':
		case line == "sockets":
			needsSockets = true
		case line == restart:
			scenes = append(scenes, scene{at: at, channel: restart})
		default:
			s, err := parseScene(line)
			if err != nil {
				t.Fatalf("%s: %v", at, err)
			}
			s.at = at
			scenes = append(scenes, s)
		}
	}
	return scenes, needsSockets
}

func parseScene(line string) (scene, error) {
	m := sceneLine.FindStringSubmatch(line)
	if m == nil {
		return scene{}, fmt.Errorf("%q is no scene", line)
	}
	s := scene{channel: m[1], sends: m[2] == ">", request: m[3], msgType: m[4], parts: map[string]map[string]any{}}
	for rest, part := m[5], "content"; rest != ""; {
		var value map[string]any
		d := json.NewDecoder(strings.NewReader(rest))
		if err := d.Decode(&value); err != nil {
			return scene{}, fmt.Errorf("%s of %q: %w", part, line, err)
		}
		s.parts[part] = value
		rest = strings.TrimSpace(rest[d.InputOffset():])
		if _, err := fmt.Sscan(rest, &part); err != nil && !errors.Is(err, io.EOF) {
			return scene{}, err
		}
		rest = strings.TrimSpace(strings.TrimPrefix(rest, part))
	}
	return s, nil
}

// names are what "$name" stands for.
type names map[string]any

// fits says how got differs from what a script wants, "" if it does not.
func (n names) fits(got, want any) string {
	switch want := want.(type) {
	case map[string]any:
		return n.fitsObject(got, want)
	case string:
		return n.fitsText(got, want)
	}
	if !reflect.DeepEqual(got, want) {
		return fmt.Sprintf("%v, want %v", got, want)
	}
	return ""
}

// fitsObject wants every field that is written; one that is written as {} must be empty.
func (n names) fitsObject(got any, want map[string]any) string {
	object, ok := got.(map[string]any)
	if !ok || len(want) == 0 && len(object) > 0 {
		return fmt.Sprintf("%v, want %v", got, want)
	}
	for field, value := range want {
		if wrong := n.fits(object[field], value); wrong != "" {
			return field + ": " + wrong
		}
	}
	return ""
}

func (n names) fitsText(got any, want string) string {
	if name, ok := strings.CutPrefix(want, "$"); ok {
		if _, bound := n[name]; !bound {
			n[name] = got
		}
		return n.fits(got, n[name])
	}
	if pattern, ok := strings.CutPrefix(want, "/"); ok {
		if regexp.MustCompile(strings.TrimSuffix(pattern, "/")).MatchString(fmt.Sprint(got)) {
			return ""
		}
	} else if got == want {
		return ""
	}
	return fmt.Sprintf("%q, want %q", got, want)
}

// resolved is value with what the names stand for.
func (n names) resolved(value any) any {
	switch value := value.(type) {
	case map[string]any:
		object := make(map[string]any, len(value))
		for field, v := range value {
			object[field] = n.resolved(v)
		}
		return object
	case string:
		if name, ok := strings.CutPrefix(value, "$"); ok {
			return n[name]
		}
	}
	return value
}
