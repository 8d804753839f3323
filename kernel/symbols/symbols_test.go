package symbols

import (
	"testing"

	"github.com/traefik/yaegi/interp"
)

func TestQuick(t *testing.T) {
	i := interp.New(interp.Options{})
	if err := i.Use(Exports()); err != nil {
		t.Fatal(err)
	}
	v, err := i.Eval(`import ("fmt"; "gonum.org/v1/gonum/mat"); fmt.Sprint(mat.NewDense(2,2,nil).At(0,0))`)
	t.Log(v, err)
	p, err := NewImporter().Import("net/http")
	t.Log(p, err)
	t.Log(Paths("rand"), Why("json"), Why("plugin"), Doc("net/http", "Server.Addr"))
}

func BenchmarkExports(b *testing.B) {
	for b.Loop() {
		Exports()
	}
}

func BenchmarkImport(b *testing.B) {
	for b.Loop() {
		NewImporter().Import("fmt")
	}
}

func BenchmarkImportAll(b *testing.B) {
	for b.Loop() {
		i := NewImporter()
		for _, p := range All() {
			if _, err := i.Import(p); err != nil {
				b.Error(err)
			}
		}
	}
}
