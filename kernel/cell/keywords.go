package cell

// keywords say what the words of the language are for. Package builtin, where the
// documentation of predeclared names is, leaves them out.
var keywords = map[string]*account{
	"break":       {declaration: "break [label]", comment: "Ends the innermost for, switch or select, or the one with the label."},
	"case":        {declaration: "case x, y:", comment: "Begins a branch of a switch, or of a select, whose cases are sends and receives."},
	"chan":        {declaration: "chan T, chan<- T, <-chan T", comment: "The type of a channel of T: for both ways, for sending, for receiving."},
	"const":       {declaration: "const name [T] = expression", comment: "Declares constants. In a group, iota counts the lines from 0."},
	"continue":    {declaration: "continue [label]", comment: "Begins the next round of the innermost loop, or of the one with the label."},
	"default":     {declaration: "default:", comment: "Begins the branch that is taken when no case of the switch or select is."},
	"defer":       {declaration: "defer f(x)", comment: "Calls f when the function around returns or panics. Its arguments are evaluated now."},
	"else":        {declaration: "if condition { … } else { … }", comment: "Begins what is done when the condition does not hold."},
	"fallthrough": {declaration: "fallthrough", comment: "As the last statement of a case, goes on with the statements of the next one."},
	"for":         {declaration: "for init; condition; post { … }\nfor condition { … }\nfor { … }\nfor key, value := range x { … }", comment: "Repeats a block. Each round has loop variables of its own."},
	"func":        {declaration: "func name(x T) R { … }\nfunc (r R) name(x T) { … }\nfunc(x T) R { … }", comment: "Declares a function or a method, or is a function literal."},
	"go":          {declaration: "go f(x)", comment: "Calls f in a goroutine of its own and does not wait for it."},
	"goto":        {declaration: "goto label", comment: "Goes on at the label, which is in the same function."},
	"if":          {declaration: "if condition { … }\nif init; condition { … } else { … }", comment: "Does what is in the block if the condition holds."},
	"import":      {declaration: "import \"path\"\nimport name \"path\"", comment: "Makes a package known. Packages of the standard library that a cell names are imported without it."},
	"interface":   {declaration: "interface { Method(x T) R }", comment: "The type of all values that have these methods; as a constraint, also a set of types."},
	"map":         {declaration: "map[K]V", comment: "The type of a map from K to V. Make one with make or a literal: nil cannot be written to."},
	"package":     {declaration: "package main", comment: "Begins a file of Go. A cell needs none."},
	"range":       {declaration: "for key, value := range x { … }", comment: "Goes through an array, slice, string, map, channel, integer, or function that yields."},
	"return":      {declaration: "return x, y", comment: "Ends the function with these results."},
	"select":      {declaration: "select { case v := <-c: … case d <- x: … default: … }", comment: "Waits until one of the sends and receives can be done, and does it."},
	"struct":      {declaration: "struct { Name T `tag` }", comment: "The type of a record with these fields. A field without a name is embedded."},
	"switch":      {declaration: "switch init; x { case 1, 2: … default: … }\nswitch v := x.(type) { case T: … }", comment: "Takes the first branch whose case is equal to x, or true, or the type of x."},
	"type":        {declaration: "type Name T\ntype Name[P constraint] T\ntype Name = T", comment: "Declares a type, a generic type, or another name for one."},
	"var":         {declaration: "var name [T] [= expression]", comment: "Declares variables. Without an expression they are zero."},
}
