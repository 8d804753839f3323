package kernel

// features are templates with holes for random expressions; see [generator.feature]
// and [generator.fill].
var features = []string{
	`-- decl --
type S~ struct { n int; s string; a [2]int8 }
-- run --
`,
}
