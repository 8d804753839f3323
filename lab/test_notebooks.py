"""The tutorials, played by nbclient and by `gradbook run`: both must show the same, and
the same as what is committed. Only what a clock says may differ."""

import os
import re
import subprocess
import tempfile
import unittest
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from traitlets.config import Config

PROJECT = Path(__file__).resolve().parent.parent
TUTORIALS = sorted((PROJECT / "notebooks").glob("*.ipynb"))
GRADBOOK = PROJECT / "build" / "gradbook"

# A duration as Go prints it, or as a person writes it: 1.5s, 320 ms, 1m2s, 4µs.
DURATION = re.compile(r"\b\d+(?:\.\d+)?(?:\s?(?:ns|µs|ms|s)|m\d+(?:\.\d+)?s)\b")


def without_times(value):
    """The value with every duration in its texts blotted out; pictures are kept as they are."""
    if isinstance(value, str):
        return DURATION.sub("<time>", value)
    if isinstance(value, list):
        return [without_times(v) for v in value]
    if isinstance(value, dict):
        return {k: v if k.startswith("image/") else without_times(v) for k, v in value.items()}
    return value


def comparable(output):
    """One output as plain data, without what is not shown."""
    output = without_times(dict(output))
    if "metadata" in output:
        output["metadata"] = dict(output["metadata"])
    return output


def shown(notebook):
    """What each code cell shows: its number and its outputs, neighbouring streams joined.

    How often a stream is flushed is a matter of time, so where one chunk ends and the
    next begins means nothing."""
    cells = []
    for cell in notebook.cells:
        if cell.cell_type != "code":
            continue
        outputs = []
        for output in cell.outputs:
            last = outputs[-1] if outputs else {}
            if output.output_type == "stream" and last.get("name") == output.name:
                last["text"] += output.text
            else:
                outputs.append(dict(output))
        cells.append((cell.execution_count, [comparable(o) for o in outputs]))
    return cells


def played_by_nbclient(path, encryption="disabled"):
    notebook = nbformat.read(path, as_version=4)
    client = NotebookClient(notebook, kernel_name="gradbook", timeout=300, resources={"metadata": {"path": path.parent}},
                            config=Config(KernelManager={"transport_encryption": encryption}))
    return client.execute()


def played_by_gradbook(path):
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out.ipynb"
        # No Python on the path: the runner needs none.
        run = subprocess.run([GRADBOOK, "run", path, "-o", out], env={**os.environ, "PATH": "/nonexistent"},
                             capture_output=True, text=True)
        if run.returncode != 0:
            raise RuntimeError(f"gradbook run failed:\n{run.stdout}{run.stderr}")
        return nbformat.read(out, as_version=4)


class Tutorials(unittest.TestCase):
    maxDiff = 4000

    def assert_same(self, got, want, who, whom):
        for i, (g, w) in enumerate(zip(got, want, strict=True)):
            self.assertEqual(g, w, f"code cell {i + 1}: {who} and {whom} differ")

    def test_there_are_tutorials(self):
        self.assertGreaterEqual({p.stem for p in TUTORIALS}, {"linear", "quadratic", "digits"})

    def test_both_ways_of_playing_show_the_same(self):
        for path in TUTORIALS:
            with self.subTest(path.stem):
                ours, theirs = shown(played_by_gradbook(path)), shown(played_by_nbclient(path))
                self.assert_same(ours, theirs, "gradbook run", "nbclient")

    def test_encryption_changes_nothing(self):
        path = next(p for p in TUTORIALS if p.stem == "linear")
        encrypted = shown(played_by_nbclient(path, encryption="required"))
        self.assert_same(encrypted, shown(nbformat.read(path, as_version=4)), "an encrypted nbclient", "the committed notebook")

    def test_committed_outputs_are_what_is_shown(self):
        for path in TUTORIALS:
            with self.subTest(path.stem):
                committed = shown(nbformat.read(path, as_version=4))
                self.assertTrue(any(outputs for _, outputs in committed), "committed without outputs")
                self.assert_same(shown(played_by_gradbook(path)), committed, "gradbook run", "the committed notebook")

    def test_committed_notebooks_are_valid(self):
        for path in TUTORIALS:
            with self.subTest(path.stem):
                nbformat.validate(nbformat.read(path, as_version=4))


class Readme(unittest.TestCase):
    """What the README promises, tried."""

    def test_its_cells_run(self):
        text = (PROJECT / "README.md").read_text()
        first = re.search(r"```go\n(.*?)```", text, re.S)[1]
        others = re.findall(r"^\| `(.+?)` \|", text, re.M)
        data = "xs, ys := []float64{1, 2, 3}, []float64{3, 5, 7}"
        cells = [nbformat.v4.new_code_cell(code) for code in [first, data, *others]]
        notebook = nbformat.v4.new_notebook(cells=cells)
        NotebookClient(notebook, kernel_name="gradbook", timeout=60).execute()
        self.assertEqual(cells[0].outputs[0].data["text/plain"], "6")
        self.assertGreater(len(others), 5)
        for cell in cells[2:]:
            page = cell.source.startswith("?")
            self.assertTrue(page or cell.outputs, f"{cell.source} shows nothing")


class Normalising(unittest.TestCase):
    """The comparison must be able to fail."""

    def notebook(self, *outputs):
        cell = nbformat.v4.new_code_cell("x", execution_count=1)
        cell.outputs = list(outputs)
        return nbformat.v4.new_notebook(cells=[cell])

    def result(self, data):
        return nbformat.v4.new_output("execute_result", data, execution_count=1)

    def stream(self, text):
        return nbformat.v4.new_output("stream", name="stdout", text=text)

    def test_texts_mime_types_and_pictures_count(self):
        base = shown(self.notebook(self.result({"text/plain": "6", "image/png": "AAAA"})))
        for other in ({"text/plain": "7", "image/png": "AAAA"}, {"text/plain": "6", "image/png": "AAAB"},
                      {"text/plain": "6"}, {"text/html": "6", "image/png": "AAAA"}):
            self.assertNotEqual(shown(self.notebook(self.result(other))), base)

    def test_times_and_chunks_do_not(self):
        self.assertEqual(shown(self.notebook(self.stream("took 1.5s, "), self.stream("or 3 ms"))),
                         shown(self.notebook(self.stream("took 20µs, or 1m2.5s"))))

    def test_numbers_are_no_times(self):
        self.assertNotEqual(shown(self.notebook(self.stream("loss 1.5"))), shown(self.notebook(self.stream("loss 1.6"))))


if __name__ == "__main__":
    unittest.main()
