// Package engine computes programs of array operations: it is what runs below the nodes
// of a graph.
//
// A [Builder] takes operations one by one, with all shapes known. It shares what is
// computed twice, folds constants, and drops what only looks at the same elements in
// another shape. [Builder.Program] lays the rest out as a flat list of instructions:
//
//   - scalar code, for what is one number: three addresses an instruction;
//   - loops, each of which computes many element-wise operations over the same elements,
//     and the reductions of their results, block by block, so that what lies between
//     stays in the first cache;
//   - matrix products, which read transposed operands where they are;
//   - convolutions and their derivatives, image by image as matrix products;
//   - copies of another order, and calls of functions.
//
// All results share one arena, whose memory is used again as soon as a value is needed
// no more. A [Machine] is a program with its memory, for one type of element; it may run
// any number of times, and then allocates nothing.
//
// Sums are made of partial sums over chunks whose length depends on the program alone,
// so a result has the same bits on any number of threads.
//
// [Program.String] prints a program, one instruction a line, and [Program.Check]
// verifies what must be true of it.
package engine
