package install

import (
	"bytes"
	"encoding/json"
	"fmt"
	"path/filepath"
	"slices"
)

// ProtocolVersion is the version of the messaging protocol that the kernel
// speaks. Jupyter reads it before it starts the kernel; kernel_info repeats it.
const ProtocolVersion = "5.5"

// specFile is the file whose presence makes a folder a kernelspec.
const specFile = "kernel.json"

// A Spec is the content of kernel.json. Field names follow Go; the tags follow
// Jupyter's specification, section "Kernel specs".
type Spec struct {
	Argv        []string `json:"argv"`         // the command; "{connection_file}" stands for the file's path
	DisplayName string   `json:"display_name"` // as the launcher shows it
	Language    string   `json:"language"`     // notebooks of this language can switch to this kernel

	// InterruptMode is "message": the Stop button sends an interrupt_request.
	// A signal would not reach a kernel on Windows, nor one on another machine.
	InterruptMode string `json:"interrupt_mode,omitempty"`

	ProtocolVersion string         `json:"kernel_protocol_version,omitempty"`
	Env             map[string]any `json:"env,omitempty"`
	Metadata        map[string]any `json:"metadata,omitempty"`
}

// arguments follow the executable in argv. They also tell our kernelspecs from
// those of other programs.
var arguments = []string{"kernel", "{connection_file}"}

// newSpec describes the kernel that executable is.
func newSpec(executable, displayName string) Spec {
	return Spec{
		Argv:            append([]string{executable}, arguments...),
		DisplayName:     displayName,
		Language:        "go",
		InterruptMode:   "message",
		ProtocolVersion: ProtocolVersion,
		Metadata:        map[string]any{"debugger": false, "supported_encryption": []string{"curve"}},
	}
}

// encode writes s as kernel.json, for people to read too.
func (s Spec) encode() ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false) // a path may hold an ampersand
	e.SetIndent("", " ")
	err := e.Encode(s)
	return b.Bytes(), err
}

// decodeSpec reads a kernel.json, of whatever program.
func decodeSpec(data []byte) (Spec, error) {
	var s Spec
	if err := json.Unmarshal(data, &s); err != nil {
		return Spec{}, err
	}
	if len(s.Argv) == 0 {
		return Spec{}, fmt.Errorf("argv is empty")
	}
	return s, nil
}

// ours reports whether the kernelspec starts a Gradbook, wherever it lies and
// whatever its file is called.
func (s Spec) ours() bool {
	return s.Language == "go" && len(s.Argv) > 0 && slices.Equal(s.Argv[1:], arguments)
}

// kernelDir is the folder of the kernelspec called name below a data directory.
func kernelDir(data, name string) string { return filepath.Join(data, "kernels", name) }
