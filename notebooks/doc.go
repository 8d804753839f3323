// Package notebooks holds the tutorials, and what it takes to read, play, write
// and show a notebook without Python.
//
//	nb, err := notebooks.ReadFile("linear.ipynb")
//	err = notebooks.Play(ctx, nb, kernel, notebooks.Playing{}) // fills in the outputs
//	err = nb.WriteFile("out.ipynb")
//	err = nb.WriteHTML(w, notebooks.Page{})                   // one HTML file
//
// [Run] does all of it with a kernel of its own; it is what the command
// "gradbook run" calls.
//
// # Fidelity
//
// The file format is nbformat 4. What this package does not know it keeps:
// unknown keys of the notebook, its cells and its outputs go back where they
// came from. A notebook that Jupyter wrote comes back byte for byte, so that a
// change in git shows what changed and nothing else. Playing follows nbclient,
// the page follows JupyterLab: same choice of output forms, same colours of a
// terminal, same look in a light and in a dark theme.
//
// # Files
//
// notebook.go, read.go, write.go and python.go are the file format; play.go and
// outputs.go the playing; page*.go, markdown.go, ansi.go and highlight.go the
// page, with math.go for the formulas that the package mathml writes; run.go ties
// them to a kernel.
//
// The tutorials' sources are the .ipynb files themselves; their data is in data/.
package notebooks
