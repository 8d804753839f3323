package cell

import (
	"errors"
	"go/token"
	"go/types"
	"strconv"
)

// hiddenPath is the path of a package that no source has. It gives names to types
// that other packages do not export, since a cell's variable may well be of such a
// type: x := pkg.New().
const hiddenPath = mark + "hidden"

// A hiddenPackage grows whenever a variable of an unexported type appears.
type hiddenPackage struct {
	pkg   *types.Package
	names map[*types.TypeName]string
}

func newHiddenPackage() *hiddenPackage {
	pkg := types.NewPackage(hiddenPath, "hidden")
	pkg.MarkComplete()
	return &hiddenPackage{pkg, map[*types.TypeName]string{}}
}

// alias is a qualified name for t.
func (h *hiddenPackage) alias(t *types.Named) string {
	name, ok := h.names[t.Obj()]
	if !ok {
		name = "T" + strconv.Itoa(len(h.names))
		h.names[t.Obj()] = name
		obj := types.NewTypeName(token.NoPos, h.pkg, name, nil)
		types.NewAlias(obj, t)
		h.pkg.Scope().Insert(obj)
	}
	return hiddenPath + "." + name
}

// A sessionImporter serves the hidden package and those that come as source beside
// the compiled ones.
type sessionImporter struct {
	types.Importer
	session *Session
}

func (i sessionImporter) Import(path string) (*types.Package, error) {
	if path == hiddenPath {
		return i.session.hidden.pkg, nil
	}
	if pkg, err := i.session.importSource(path); pkg != nil || err != nil {
		return pkg, err
	}
	pkg, err := i.Importer.Import(path)
	if why := i.session.config.Why; err != nil && why != nil && why(path) != "" {
		err = errors.New(why(path))
	}
	return pkg, err
}
