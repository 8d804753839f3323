package mathml_test

import (
	"fmt"

	"gradbook/notebooks/mathml"
)

// A formula as a notebook writes it between dollars.
func ExampleConvert() {
	math, err := mathml.Convert(`w^2`, false)
	fmt.Println(math, err)

	_, err = mathml.Convert(`\unheardof`, false)
	fmt.Println(err)

	// Output:
	// <math><semantics><mrow><msup><mi>w</mi><mn>2</mn></msup></mrow><annotation encoding="application/x-tex">w^2</annotation></semantics></math> <nil>
	// mathml: \unheardof is not known in "\\unheardof"
}
