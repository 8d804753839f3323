package wire

import (
	"encoding/json"
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

// contentTests has, for every content, a value and the JSON that the
// specification wants for it (messaging.rst, version 5.5, section by section).
// The zero values matter most: what is empty must be there all the same.
var contentTests = []struct {
	value any
	want  string
}{
	{ExecuteRequest{Code: "1"}, `{"code": "1", "silent": false, "store_history": false, "user_expressions": {}, "allow_stdin": false, "stop_on_error": false}`},
	{ExecuteReply{ExecutionCount: 3}, `{"status": "ok", "execution_count": 3, "user_expressions": {}, "payload": []}`},
	{ExecuteReply{Status: Failed, Error: &Error{Name: "n"}}, `{"status": "error", "execution_count": 0, "user_expressions": {}, "payload": [], "ename": "n", "evalue": "", "traceback": []}`},
	{ExecuteReply{Payload: []Payload{{Source: "page", Data: map[string]any{"text/plain": "x"}}}}, `{"status": "ok", "execution_count": 0, "user_expressions": {}, "payload": [{"source": "page", "data": {"text/plain": "x"}, "start": 0}]}`},
	{Payload{Source: "set_next_input", Text: "x", Replace: true}, `{"source": "set_next_input", "start": 0, "text": "x", "replace": true}`},
	{ExecuteInput{Code: "1", ExecutionCount: 2}, `{"code": "1", "execution_count": 2}`},
	{ExecuteResult{ExecutionCount: 1}, `{"execution_count": 1, "data": {}, "metadata": {}, "transient": {}}`},
	{ExecuteMetadata{Started: "now"}, `{"started": "now"}`},
	{Error{Name: "E", Value: "v", Traceback: []string{"l"}}, `{"ename": "E", "evalue": "v", "traceback": ["l"]}`},
	{Error{}, `{"ename": "", "evalue": "", "traceback": []}`},
	{Reply{Status: Aborted}, `{"status": "aborted"}`},
	{Reply{Status: Failed, Error: &Error{}}, `{"status": "error", "ename": "", "evalue": "", "traceback": []}`},
	{Status{State: Busy}, `{"execution_state": "busy"}`},
	{Stream{Name: "stdout", Text: "a<b>&"}, `{"name": "stdout", "text": "a<b>&"}`},
	{DisplayData{Data: map[string]any{"text/html": "<p>"}}, `{"data": {"text/html": "<p>"}, "metadata": {}, "transient": {}}`},
	{DisplayData{Transient: Transient{DisplayID: "d"}}, `{"data": {}, "metadata": {}, "transient": {"display_id": "d"}}`},
	{Transient{}, `{}`},
	{ClearOutput{Wait: true}, `{"wait": true}`},
	{IOPubWelcome{}, `{"subscription": ""}`},
	{InputRequest{Prompt: "?", Password: true}, `{"prompt": "?", "password": true}`},
	{InputReply{Value: "v"}, `{"status": "ok", "value": "v"}`},
	{CompleteRequest{Code: "π", Cursor: 1}, `{"code": "π", "cursor_pos": 1}`},
	{CompleteReply{Start: 1, End: 2}, `{"status": "ok", "matches": [], "cursor_start": 1, "cursor_end": 2, "metadata": {}}`},
	{CompleteMetadata{Types: []CompletionType{{}}}, `{"_jupyter_types_experimental": [{"start": 0, "end": 0, "text": "", "type": "", "signature": ""}]}`},
	{CompletionType{Text: "x"}, `{"start": 0, "end": 0, "text": "x", "type": "", "signature": ""}`},
	{InspectRequest{Code: "x", Detail: 1}, `{"code": "x", "cursor_pos": 0, "detail_level": 1}`},
	{InspectReply{}, `{"status": "ok", "found": false, "data": {}, "metadata": {}}`},
	{IsCompleteRequest{Code: "x"}, `{"code": "x"}`},
	{IsCompleteReply{Status: Incomplete}, `{"status": "incomplete", "indent": ""}`},
	{IsCompleteReply{Status: Complete, Indent: "  "}, `{"status": "complete"}`},
	{HistoryRequest{Access: "tail", N: 5}, `{"output": false, "raw": false, "hist_access_type": "tail", "session": 0, "start": 0, "stop": null, "n": 5, "pattern": "", "unique": false}`},
	{HistoryReply{}, `{"status": "ok", "history": []}`},
	{HistoryReply{History: []HistoryEntry{{Session: 1, Line: 2, Input: "<x>"}}}, `{"status": "ok", "history": [[1, 2, "<x>"]]}`},
	{HistoryReply{History: []HistoryEntry{{1, 2, "x", true, "y"}, {1, 3, "z", true, ""}}}, `{"status": "ok", "history": [[1, 2, ["x", "y"]], [1, 3, ["z", null]]]}`},
	{KernelInfoReply{}, `{"status": "ok", "protocol_version": "", "implementation": "", "implementation_version": "", "language_info": {"name": "", "version": "", "mimetype": "", "file_extension": "", "pygments_lexer": "", "nbconvert_exporter": ""}, "banner": "", "debugger": false, "help_links": [], "supported_features": []}`},
	{LanguageInfo{Name: "go", CodeMirrorMode: "go"}, `{"name": "go", "version": "", "mimetype": "", "file_extension": "", "pygments_lexer": "", "codemirror_mode": "go", "nbconvert_exporter": ""}`},
	{HelpLink{"a", "b"}, `{"text": "a", "url": "b"}`},
	{ConnectReply{Shell: 1, IOPub: 2, Stdin: 3, Control: 4, Heartbeat: 5}, `{"status": "ok", "shell_port": 1, "iopub_port": 2, "stdin_port": 3, "control_port": 4, "hb_port": 5}`},
	{InterruptReply{}, `{"status": "ok"}`},
	{ShutdownRequest{Restart: true}, `{"restart": true}`},
	{ShutdownReply{Restart: true}, `{"status": "ok", "restart": true}`},
	{UsageReply{}, `{"status": "ok", "hostname": "", "pid": 0, "kernel_cpu": 0, "kernel_memory": 0, "cpu_count": 0, "host_cpu_percent": 0, "host_virtual_memory": {"total": 0, "available": 0, "percent": 0, "used": 0, "free": 0}}`},
	{Memory{Total: 1}, `{"total": 1, "available": 0, "percent": 0, "used": 0, "free": 0}`},
	{CreateSubshellReply{Subshell: "s"}, `{"status": "ok", "subshell_id": "s"}`},
	{DeleteSubshellRequest{Subshell: "s"}, `{"subshell_id": "s"}`},
	{ListSubshellReply{}, `{"status": "ok", "subshell_id": []}`},
	{CommOpen{ID: "c", Target: "t"}, `{"comm_id": "c", "target_name": "t", "data": {}}`},
	{CommMsg{ID: "c"}, `{"comm_id": "c", "data": {}}`},
	{CommClose{ID: "c"}, `{"comm_id": "c", "data": {}}`},
	{CommInfoRequest{Target: "t"}, `{"target_name": "t"}`},
	{CommInfoReply{}, `{"status": "ok", "comms": {}}`},
	{CommInfoReply{Comms: map[string]CommInfo{"c": {"t"}}}, `{"status": "ok", "comms": {"c": {"target_name": "t"}}}`},
	{CommInfo{}, `{"target_name": ""}`},
	{nil, `{}`},
	{map[string]any(nil), `{}`},
	{json.RawMessage(`{"raw": null}`), `{"raw": null}`},
	{&Stream{Name: "stderr"}, `{"name": "stderr", "text": ""}`},
}

func TestContents(t *testing.T) {
	for _, tt := range contentTests {
		m, err := New("t", "s", tt.value)
		if err != nil {
			t.Errorf("%T: %v", tt.value, err)
			continue
		}
		var got, want any
		if err := errors.Join(json.Unmarshal(m.Content, &got), json.Unmarshal([]byte(tt.want), &want)); err != nil {
			t.Errorf("%T: %v", tt.value, err)
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%+v\n got %s\nwant %s", tt.value, m.Content, tt.want)
		}
	}
}

// TestContentsReturn: what we encode, we decode to what it was.
func TestContentsReturn(t *testing.T) {
	for _, tt := range contentTests {
		v := reflect.ValueOf(tt.value)
		if v.Kind() != reflect.Struct {
			continue
		}
		back := reflect.New(v.Type())
		if err := json.Unmarshal([]byte(tt.want), back.Interface()); err != nil {
			t.Errorf("%T from %s: %v", tt.value, tt.want, err)
			continue
		}
		again, err := encodeContent(back.Interface())
		if err != nil {
			t.Fatal(err)
		}
		var got, want any
		if err := errors.Join(json.Unmarshal(again, &got), json.Unmarshal([]byte(tt.want), &want)); err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%T came back as %s, want %s", tt.value, again, tt.want)
		}
	}
}

// TestEveryContentHasTest reads our own source, so that nobody has to remember
// the table: an exported struct with JSON tags is a content.
func TestEveryContentHasTest(t *testing.T) {
	tested := map[string]bool{"Header": true, "Connection": true} // these have tests of their own
	for _, tt := range contentTests {
		if tt.value != nil {
			tested[reflect.TypeOf(tt.value).Name()] = true
		}
	}
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(f, func(n ast.Node) bool {
			if d, ok := n.(*ast.TypeSpec); ok && d.Name.IsExported() && hasTags(d) && !tested[d.Name.Name] {
				t.Errorf("%s: %s has no row in contentTests", file, d.Name.Name)
			}
			return true
		})
	}
}

func hasTags(d *ast.TypeSpec) bool {
	s, ok := d.Type.(*ast.StructType)
	if !ok {
		return false
	}
	for _, f := range s.Fields.List {
		if f.Tag != nil && strings.Contains(f.Tag.Value, "json:") {
			return true
		}
	}
	return false
}

func TestNewRefuses(t *testing.T) {
	for _, content := range []any{3, "x", []int{1}, json.RawMessage(`[]`)} {
		if m, err := New("t", "s", content); !errors.Is(err, ErrObject) {
			t.Errorf("content %v gave %v, %v, want %v", content, m, err, ErrObject)
		}
	}
	if _, err := New("t", "s", map[string]any{"f": func() {}}); err == nil {
		t.Error("a function was encoded")
	}
}

// TestFilledLeavesOriginal: encoding must not write into the caller's value.
func TestFilledLeavesOriginal(t *testing.T) {
	e := &Error{Name: "n"}
	r := ExecuteReply{Error: e}
	if _, err := New("execute_reply", "s", &r); err != nil {
		t.Fatal(err)
	}
	if r.Payload != nil || r.UserExpressions != nil || e.Traceback != nil {
		t.Errorf("encoding changed its argument to %+v, %+v", r, e)
	}
}

func TestSetMetadata(t *testing.T) {
	m, err := New("execute_reply", "s", nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := m.SetMetadata(map[string]any{"started": "now"}); err != nil || string(m.Metadata) != `{"started":"now"}` {
		t.Errorf("metadata %s, %v", m.Metadata, err)
	}
	if err := m.SetMetadata(3); !errors.Is(err, ErrObject) {
		t.Errorf("error %v, want %v", err, ErrObject)
	}
}
