package cell

import "go/types"

// An environment gives type parameters their arguments while the body of generic
// code is written out for one list of type arguments.
type environment map[*types.TypeParam]types.Type

// of is t with every type parameter replaced.
func (env environment) of(t types.Type) types.Type {
	if t == nil || len(env) == 0 {
		return t
	}
	switch t := t.(type) {
	case *types.TypeParam:
		if arg, ok := env[t]; ok {
			return arg
		}
	case *types.Alias:
		return env.of(types.Unalias(t))
	case *types.Named:
		return env.named(t)
	case *types.Pointer:
		return types.NewPointer(env.of(t.Elem()))
	case *types.Slice:
		return types.NewSlice(env.of(t.Elem()))
	case *types.Array:
		return types.NewArray(env.of(t.Elem()), t.Len())
	case *types.Map:
		return types.NewMap(env.of(t.Key()), env.of(t.Elem()))
	case *types.Chan:
		return types.NewChan(t.Dir(), env.of(t.Elem()))
	case *types.Tuple:
		return env.tuple(t)
	case *types.Signature:
		return types.NewSignatureType(nil, nil, nil, env.tuple(t.Params()), env.tuple(t.Results()), t.Variadic())
	case *types.Struct:
		return env.structure(t)
	case *types.Interface:
		return env.iface(t)
	}
	return t
}

// named replaces the type arguments of an instance of a generic type.
func (env environment) named(t *types.Named) types.Type {
	if t.TypeArgs().Len() == 0 {
		return t
	}
	var args []types.Type
	for a := range t.TypeArgs().Types() {
		args = append(args, env.of(a))
	}
	instance, err := types.Instantiate(nil, t.Origin(), args, false)
	if err != nil {
		return t
	}
	return instance
}

func (env environment) tuple(t *types.Tuple) *types.Tuple {
	var vars []*types.Var
	for v := range t.Variables() {
		vars = append(vars, types.NewParam(v.Pos(), v.Pkg(), v.Name(), env.of(v.Type())))
	}
	return types.NewTuple(vars...)
}

func (env environment) structure(t *types.Struct) types.Type {
	var fields []*types.Var
	var tags []string
	for i := range t.NumFields() {
		f := t.Field(i)
		fields = append(fields, types.NewField(f.Pos(), f.Pkg(), f.Name(), env.of(f.Type()), f.Embedded()))
		tags = append(tags, t.Tag(i))
	}
	return types.NewStruct(fields, tags)
}

func (env environment) iface(t *types.Interface) types.Type {
	var methods []*types.Func
	for m := range t.ExplicitMethods() {
		methods = append(methods, types.NewFunc(m.Pos(), m.Pkg(), m.Name(), env.of(m.Signature()).(*types.Signature)))
	}
	var embedded []types.Type
	for e := range t.EmbeddedTypes() {
		embedded = append(embedded, env.of(e))
	}
	return types.NewInterfaceType(methods, embedded).Complete()
}
