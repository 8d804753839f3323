"""Writes the golden notebooks with Jupyter's own library.

The Go tests read them and must write the same bytes. Run it in this folder with
a Python that has nbformat installed:

    python make.py
"""
import nbformat
from nbformat import v4


def with_id(cell, name):
    cell["id"] = name
    return cell


notebook = v4.new_notebook(metadata={
    "kernelspec": {"display_name": "Go (Gradbook)", "language": "go", "name": "gradbook"},
    "language_info": {"name": "go", "version": "1.26"},
    "title": "Ünïcode — 数 & <tags>", "a_float": 1.0, "tiny": 1e-07,
    "deep": {"empty": {}, "list": [], "nested": [[1, 2], []], "null": None, "yes": True},
})
notebook.cells = [
    # Every character at which Python splits lines and Go does not.
    with_id(v4.new_markdown_cell("# Title\n\nText with $x^2$, a \u2028 separator,\ttab, \x0c form feed\r\nand CRLF"), "intro"),
    with_id(v4.new_code_cell("fmt.Println(1 < 2 && true)\n", execution_count=1, outputs=[
        v4.new_output("stream", name="stdout", text="true\n"),
        v4.new_output("stream", name="stderr", text="half a line"),
    ]), "c1"),
    with_id(v4.new_code_cell("", metadata={"tags": ["skip-execution"], "collapsed": True}), "empty"),
    with_id(v4.new_code_cell("squared", execution_count=2, outputs=[
        v4.new_output("execute_result", execution_count=2, data={
            "text/html": "<b>a</b>\n<i>b</i>", "image/png": "iVBORw0KGgo=\n", "image/svg+xml": "<svg>\n</svg>", "text/plain": "6",
            # Lists that are values and not lines of a text.
            "application/json": {"k": [1, 2.50, "x"], "lines": ["a\n", "b"]}, "application/vnd.vega.v5+json": ["a", "b"],
        }, metadata={"image/png": {"width": 10}}),
    ]), "c2"),
    with_id(v4.new_code_cell("boom", execution_count=3, outputs=[
        v4.new_output("error", ename="error", evalue='boom "quoted" \\ \b', traceback=["\x1b[31mboom\x1b[0m", "line 2"]),
        v4.new_output("display_data", data={"text/plain": ""}, metadata={}),
    ]), "c3"),
    with_id(v4.new_markdown_cell("![p](attachment:p.png)", attachments={"p.png": {"image/png": "iVBORw0KGgo="}}), "att"),
    with_id(v4.new_raw_cell("raw *text*", metadata={"raw_mimetype": "text/plain"}), "raw"),
]
nbformat.validate(notebook)
nbformat.write(notebook, "jupyter.ipynb")

# An older minor version without cell ids, and keys that no version names.
notebook.nbformat_minor = 2
notebook.cells = notebook.cells[:2]
for cell in notebook.cells:
    cell.pop("id")
notebook["unknown_key"] = {"kept": [1]}
notebook.cells[0]["strange"] = "kept"
notebook.cells[1]["outputs"].append(nbformat.from_dict({"output_type": "hologram", "beams": [1, 2]}))
nbformat.write(notebook, "unknown.ipynb")
