package graph

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
	"os"
	"slices"
)

// Save writes the variables that the nodes depend on to a file, by name, in the
// safetensors format (github.com/huggingface/safetensors), which Python reads as well. Each
// variable needs a name of its own. The file is replaced only when all is written.
func Save(file string, nodes ...*Node) error {
	variables, err := namedVariables("Save", nodes)
	if err != nil {
		return err
	}
	header := map[string]savedTensor{}
	var data []byte
	for _, v := range variables {
		t, from, kind := v.Value(), len(data), "F64"
		for _, x := range t.data {
			data = binary.LittleEndian.AppendUint64(data, math.Float64bits(x))
		}
		if t.of() == float32s {
			kind = "F32"
		}
		for _, x := range t.short {
			data = binary.LittleEndian.AppendUint32(data, math.Float32bits(x))
		}
		header[v.Name()] = savedTensor{kind, append([]int{}, t.shape...), [2]int{from, len(data)}}
	}
	text, err := json.Marshal(header)
	if err != nil {
		return saveError("Save", "%v", err)
	}
	for len(text)%8 != 0 { // the data are aligned, as the format asks for
		text = append(text, ' ')
	}
	all := append(binary.LittleEndian.AppendUint64(nil, uint64(len(text))), text...)
	return replaceFile(file, append(all, data...))
}

// replaceFile writes beside the file first, so that a full disk costs nothing that was.
func replaceFile(file string, content []byte) error {
	beside := file + ".new"
	err := os.WriteFile(beside, content, 0o666)
	if err == nil {
		err = os.Rename(beside, file)
	}
	if err != nil {
		return saveError("Save", "%s: %v", file, cause(err))
	}
	return nil
}

// Load gives the variables that the nodes depend on the values which a file holds under
// their names, in float64 or float32, which become numbers of the variable's type. It changes all of them or, with an error, none; what
// else is in the file does not matter.
func Load(file string, nodes ...*Node) error {
	variables, err := namedVariables("Load", nodes)
	if err != nil {
		return err
	}
	header, data, err := readSaved(file)
	if err != nil {
		return saveError("Load", "%s: %v", file, cause(err))
	}
	values := make([]*Tensor, len(variables))
	for i, v := range variables {
		saved, ok := header[v.Name()]
		if !ok {
			return saveError("Load", "%s holds no %q", file, v.Name())
		}
		if values[i], err = saved.tensor(data); err != nil {
			return saveError("Load", "%s: %q: %v", file, v.Name(), err)
		}
		if !slices.Equal(saved.Shape, v.shape.axes) {
			return saveError("Load", "variable %q is %s and in the file %s", v.Name(), v.shape, shapeText(saved.Shape))
		}
	}
	for i, v := range variables {
		v.store(values[i].as(v.of))
	}
	return nil
}

// namedVariables lists what is saved or loaded.
func namedVariables(operation string, nodes []*Node) ([]*Node, error) {
	if err := refuse(operation, nodes...); err != nil {
		return nil, err
	}
	variables := slices.DeleteFunc(ancestors(nodes...), func(n *Node) bool { return n.Kind() != Parameter })
	if len(variables) == 0 {
		return nil, saveError(operation, "the nodes depend on no variable")
	}
	seen := map[string]bool{"": true, "__metadata__": true}
	for _, v := range variables {
		if seen[v.Name()] {
			return nil, saveError(operation, "want variables with names of their own, but there is one more named %q", v.Name())
		}
		seen[v.Name()] = true
	}
	return variables, nil
}

// cause is what the system says, without the file, which our errors name anyway.
func cause(err error) error {
	var path *fs.PathError
	var link *os.LinkError
	switch {
	case errors.As(err, &path):
		return path.Err
	case errors.As(err, &link):
		return link.Err
	}
	return err
}

func saveError(operation, format string, args ...any) error {
	return &Error{Operation: operation, Problem: fmt.Sprintf(format, args...)}
}

// A savedTensor is how the header of a file tells of one.
type savedTensor struct {
	Type    string `json:"dtype"`
	Shape   []int  `json:"shape"`
	Offsets [2]int `json:"data_offsets"`
}

// readSaved takes a file apart. Nothing in it is believed before it is checked.
func readSaved(file string) (map[string]savedTensor, []byte, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, nil, err
	}
	defer f.Close()
	all, err := io.ReadAll(f)
	if err != nil {
		return nil, nil, err
	}
	if len(all) < 8 {
		return nil, nil, errors.New("it is too short for a safetensors file")
	}
	size := binary.LittleEndian.Uint64(all)
	if all = all[8:]; size > uint64(len(all)) {
		return nil, nil, errors.New("its header is longer than the file, so it is no safetensors file")
	}
	var parts map[string]json.RawMessage
	if err := json.Unmarshal(all[:size], &parts); err != nil {
		return nil, nil, fmt.Errorf("its header is no JSON: %v", err)
	}
	header := map[string]savedTensor{}
	for name, part := range parts {
		var t savedTensor
		if name == "__metadata__" {
			continue
		}
		if err := json.Unmarshal(part, &t); err != nil {
			return nil, nil, fmt.Errorf("its header is wrong about %q: %v", name, err)
		}
		header[name] = t
	}
	return header, all[size:], nil
}

// tensor reads the numbers.
func (s savedTensor) tensor(data []byte) (*Tensor, error) {
	width := map[string]int{"F64": 8, "F32": 4}[s.Type]
	if width == 0 {
		return nil, fmt.Errorf("its type is %q, want F64 or F32", s.Type)
	}
	from, to, size := s.Offsets[0], s.Offsets[1], 1
	for _, n := range s.Shape {
		if n < 0 || n > 0 && size > len(data)/n {
			return nil, fmt.Errorf("there are no %v elements in the file", s.Shape)
		}
		size *= n
	}
	if from < 0 || to < from || to > len(data) || to-from != size*width {
		return nil, fmt.Errorf("bytes %d to %d do not hold %s of %s", from, to, shapeText(s.Shape), s.Type)
	}
	if width == 4 {
		short := make([]float32, size)
		for i := range short {
			short[i] = math.Float32frombits(binary.LittleEndian.Uint32(data[from+i*4:]))
		}
		return tensorOf(slices.Clone(s.Shape), short), nil
	}
	long := make([]float64, size)
	for i := range long {
		long[i] = math.Float64frombits(binary.LittleEndian.Uint64(data[from+i*8:]))
	}
	return tensorOf(slices.Clone(s.Shape), long), nil
}
