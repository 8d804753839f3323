package cell

import (
	"go/types"
	"slices"
	"strings"
)

// inspectors are the packages whose functions look into the interface{} values
// that they are given: they must get values as reflection knows them. All others
// only keep such values, and get them with their type, in a box if need be.
var inspectors = map[string]bool{
	"reflect": true, "sort": true, "fmt": true, "errors": true, "flag": true, "expvar": true,
	"text/template": true, "html/template": true, "database/sql": true, "testing": true, "testing/quick": true,
	"encoding/json": true, "encoding/xml": true, "encoding/gob": true, "encoding/binary": true, "encoding/asn1": true,
	"net/rpc": true, "unsafe": true, "runtime": true,
}

// inspectsAny reports whether a compiled function looks into its interface{}
// arguments. Ours and gonum's do.
func (s *Session) inspectsAny(f *types.Func) bool {
	pkg := f.Pkg()
	if pkg == nil || slices.Contains(s.config.Aware, f.FullName()) {
		return false
	}
	return inspectors[pkg.Path()] || strings.HasPrefix(pkg.Path(), "gonum.org/") || strings.HasPrefix(pkg.Path(), "gradbook/")
}

// asked are the interfaces that compiled functions ask their interface{} arguments
// for, by the package and how the function's name begins.
var asked = []struct{ pkg, prefix, iface string }{
	{"log/slog", "", "LogValuer"}, {"fmt", "Sscan", "Scanner"}, {"fmt", "Fscan", "Scanner"}, {"fmt", "Scan", "Scanner"},
}

// asksFor is the interface that a compiled function asks its arguments for, or nil.
func (s *Session) asksFor(f *types.Func) *types.Named {
	for _, a := range asked {
		if f.Pkg() != nil && f.Pkg().Path() == a.pkg && strings.HasPrefix(f.Name(), a.prefix) {
			n, _ := f.Pkg().Scope().Lookup(a.iface).Type().(*types.Named)
			return n
		}
	}
	return nil
}

// replaced are compiled functions and methods that package values has a version
// of, one that knows the types of cells. A method's replacement takes the receiver
// as its first argument.
var replaced = map[string]string{
	"fmt.Print": "Print", "fmt.Printf": "Printf", "fmt.Println": "Println",
	"fmt.Sprint": "Sprint", "fmt.Sprintf": "Sprintf", "fmt.Sprintln": "Sprintln",
	"fmt.Fprint": "Fprint", "fmt.Fprintf": "Fprintf", "fmt.Fprintln": "Fprintln",
	"fmt.Append": "Append", "fmt.Appendf": "Appendf", "fmt.Appendln": "Appendln",
	"fmt.Errorf": "Errorf",
	"errors.As":  "ErrorsAs", "errors.Is": "ErrorsIs",
	"log.Print": "LogPrint", "log.Printf": "LogPrintf", "log.Println": "LogPrintln",
	"log.Panic": "LogPanic", "log.Panicf": "LogPanicf", "log.Panicln": "LogPanicln",
	"log.Fatal": "LogFatal", "log.Fatalf": "LogFatalf", "log.Fatalln": "LogFatalln",
	"(*log.Logger).Print": "LoggerPrint", "(*log.Logger).Printf": "LoggerPrintf", "(*log.Logger).Println": "LoggerPrintln",
	"(*log.Logger).Panic": "LoggerPanic", "(*log.Logger).Panicf": "LoggerPanicf", "(*log.Logger).Panicln": "LoggerPanicln",
	"(*log.Logger).Fatal": "LoggerFatal", "(*log.Logger).Fatalf": "LoggerFatalf", "(*log.Logger).Fatalln": "LoggerFatalln",
	"encoding/json.Marshal": "JSONMarshal", "encoding/json.MarshalIndent": "JSONMarshalIndent",
	"(*encoding/json.Encoder).Encode": "JSONEncode",
	"encoding/xml.Marshal":            "XMLMarshal", "encoding/xml.MarshalIndent": "XMLMarshalIndent", "(*encoding/xml.Encoder).Encode": "XMLEncode", "(*encoding/xml.Encoder).EncodeElement": "XMLEncodeElement",
	"encoding/json.Unmarshal": "JSONUnmarshal", "(*encoding/json.Decoder).Decode": "JSONDecode",
	"reflect.TypeOf": "ReflectTypeOf", "reflect.DeepEqual": "ReflectDeepEqual", "(reflect.Value).Type": "ReflectValueType", "(reflect.Type).Implements": "ReflectImplements",
	"(reflect.Value).NumMethod": "ReflectValueNumMethod", "(reflect.Value).Method": "ReflectValueMethod",
	"(reflect.Value).MethodByName": "ReflectValueMethodByName", "(reflect.Value).FieldByName": "ReflectValueFieldByName",
	"(*text/template.Template).Execute": "TextExecute", "(*text/template.Template).ExecuteTemplate": "TextExecuteTemplate",
	"(*text/template.Template).Funcs": "TextFuncs", "(*html/template.Template).Funcs": "HTMLFuncs",
	"(*html/template.Template).Execute": "HTMLExecute", "(*html/template.Template).ExecuteTemplate": "HTMLExecuteTemplate",
	"(*os.File).Read": "FileRead",
}

// tamed are compiled functions and methods that package run of the interpreter has
// a version of: they block, and an interrupt must end that, or they run a function
// in a goroutine, where a panic would end the process.
var tamed = map[string]string{
	"(*sync.Mutex).Lock": "Lock", "(*sync.RWMutex).Lock": "WriteLock", "(*sync.RWMutex).RLock": "ReadLock",
	"(*sync.Mutex).Unlock": "Unlock", "(*sync.RWMutex).Unlock": "WriteUnlock", "(*sync.RWMutex).RUnlock": "ReadUnlock",
	"(*sync.Cond).Wait": "CondWait", "(*sync.WaitGroup).Wait": "Wait", "(*sync.WaitGroup).Go": "WaitGo",
	"time.AfterFunc": "AfterFunc", "context.AfterFunc": "AfterContext",
	"sort.Slice": "SortSlice", "sort.SliceStable": "SortSliceStable", "sort.Sort": "SortSort", "sort.Stable": "SortStable",
	"net/http.ListenAndServe": "HTTPListen", "net/http.Serve": "HTTPServe",
	"(*net/http.Server).ListenAndServe": "ServerListen", "(*net/http.Server).Serve": "ServerServe",
	"(*os/exec.Cmd).Run": "CommandRun", "(*os/exec.Cmd).Wait": "CommandWait",
	"(*os/exec.Cmd).Output": "CommandOutput", "(*os/exec.Cmd).CombinedOutput": "CommandCombined",
}

// replacement is the emitted name of the replacement of a compiled function, or "".
func (l *lowerer) replacement(f *types.Func) string {
	if name, ok := tamed[f.FullName()]; ok {
		return l.runs(name)
	}
	if name, ok := replaced[f.FullName()]; ok {
		return l.values(name)
	}
	return ""
}
