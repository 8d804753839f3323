"""Front ends other than JupyterLab, each driven as its users drive it: papermill and nbconvert
play the tutorials, and somebody types into Jupyter's console, in a terminal."""

import os
import re
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import nbformat
import pexpect
from jupyter_client.manager import KernelManager
from test_notebooks import TUTORIALS, shown

BIN = Path(sys.executable).parent
PATIENCE = 60  # seconds; far more than any answer needs, so that only silence fails


class Players(unittest.TestCase):
    """Programs that run a notebook from a command line."""

    maxDiff = 4000

    def assert_plays(self, name, *command):
        """The command, given a tutorial and an empty folder, writes what is committed."""
        for path in TUTORIALS:
            with self.subTest(path.stem), tempfile.TemporaryDirectory() as folder:
                out = Path(folder) / "out.ipynb"
                places = {"notebook": path, "notebooks": path.parent, "folder": folder, "out": out}
                run = subprocess.run([word.format(**places) for word in command], capture_output=True, text=True)
                self.assertEqual(run.returncode, 0, f"{name} failed:\n{run.stderr}")
                self.assertEqual(shown(nbformat.read(out, as_version=4)), shown(nbformat.read(path, as_version=4)))

    def test_papermill(self):
        self.assert_plays("papermill", f"{BIN}/papermill", "--cwd", "{notebooks}", "{notebook}", "{out}")

    def test_nbconvert(self):
        self.assert_plays("nbconvert", f"{BIN}/jupyter-nbconvert", "--execute", "--to", "notebook",
                          "--output-dir", "{folder}", "--output", "out", "{notebook}")

    def test_nbconvert_to_a_page_and_to_go(self):
        path = next(p for p in TUTORIALS if p.stem == "linear")
        wanted = {"html": "data:image/png", "script": "graph.Placeholder("}
        for form, text in wanted.items():
            with self.subTest(form):
                command = [f"{BIN}/jupyter-nbconvert", "--to", form, "--stdout", path]
                run = subprocess.run(command, capture_output=True, text=True)
                self.assertEqual(run.returncode, 0, run.stderr)
                self.assertIn(text, run.stdout)

    def test_nbconvert_to_latex(self):
        """Each figure goes to LaTeX as its PNG. What is Markdown stays away, since that takes pandoc."""
        notebook = nbformat.read(next(p for p in TUTORIALS if p.stem == "gallery"), as_version=4)
        notebook.cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
        bundles = [output.data for cell in notebook.cells for output in cell.outputs if "data" in output]
        for data in bundles:
            data.pop("text/markdown", None)
        figures = sum("image/png" in data for data in bundles)
        self.assertGreater(figures, 15)
        with tempfile.TemporaryDirectory() as folder:
            nbformat.write(notebook, Path(folder) / "gallery.ipynb")
            run = subprocess.run([f"{BIN}/jupyter-nbconvert", "--to", "latex", "gallery.ipynb"], cwd=folder, capture_output=True, text=True)
            self.assertEqual(run.returncode, 0, run.stderr)
            pictures = re.findall(r"\{(gallery_files/[^}]*\.png)\}", (Path(folder) / "gallery.tex").read_text())
            self.assertEqual(len(pictures), figures)
            for picture in pictures:
                self.assertGreater((Path(folder) / picture).stat().st_size, 1000, picture)


# What moves a cursor or colours a text, and the carriage returns between.
CONTROLS = re.compile(r"\x1b\[[0-9;?]*[ -/]*[@-~]|\x1b[=>]|\r")


class Terminal:
    """A terminal in which Jupyter's console runs, and somebody who reads and types."""

    def __init__(self, *options):
        # No cursor position can be asked of this terminal, for nobody would answer.
        env = {**os.environ, "TERM": "xterm", "PROMPT_TOOLKIT_NO_CPR": "1"}
        self.process = pexpect.spawn(f"{BIN}/jupyter-console", list(options), env=env, encoding="utf-8", dimensions=(50, 150))
        self.written, self.read = "", 0

    def until(self, text):
        """Reads on until a text has been shown, and gives what stood before it."""
        while True:
            plain = CONTROLS.sub("", self.written)
            at = plain.find(text, self.read)
            if at >= 0:
                before, self.read = plain[self.read : at], at + len(text)
                return before
            try:
                self.written += self.process.read_nonblocking(1 << 16, PATIENCE)
            except (pexpect.TIMEOUT, pexpect.EOF) as silence:
                raise AssertionError(f"no {text!r}, but {plain[self.read:]!r}") from silence

    def type(self, text):
        self.process.send(text)

    def enter(self, line):
        self.type(line + "\r")

    def leave(self):
        """Presses Ctrl-D at an empty prompt, waits for the end, and gives the exit status."""
        self.process.sendeof()
        self.process.expect(pexpect.EOF, timeout=PATIENCE)
        self.process.close()
        return self.process.exitstatus

    def close(self):
        self.process.close(force=True)


class Console(unittest.TestCase):
    def start(self, *options):
        terminal = Terminal("--JupyterConsoleApp.confirm_exit=False", *options)
        self.addCleanup(terminal.close)
        return terminal

    def test_a_session(self):
        console = self.start("--kernel", "gradbook")
        self.assertIn("where a model is a graph", console.until("In [1]:"))
        console.enter("1 + 2")
        console.until("Out[1]: 3\n")
        console.until("In [2]:")
        console.enter("func double(x int) int {")  # incomplete: it goes on below, indented
        for line in ("return 2 * x", "}"):
            console.until("...:")
            console.enter(line)
        console.until("In [3]:")
        console.enter("double(21)")
        console.until("Out[3]: 42\n")
        console.until("In [4]:")
        console.enter('panic("oh no")')
        console.until("\npanic: oh no\n")
        console.until("In [5]:")
        console.enter('display.Input("who? ")')
        console.until("\nwho? ")
        console.enter("Ada")
        console.until("Out[5]: Ada\n")
        console.until("In [6]:")
        console.type("strings.HasPre\t")
        console.until("HasPrefix")
        console.enter('("gopher", "go")')
        console.until("Out[6]: true\n")
        console.until("In [7]:")
        console.enter("display.Line([]int{0, 1}, []int{0, 1})")  # a figure is drawn in characters
        console.until("1.03 ┤")
        console.until("−0.03 ┤ ⠐⠒⠉")
        console.until("In [8]:")
        self.assertEqual(console.leave(), 0)

    def test_ctrl_c_stops_a_cell_and_keeps_the_rest(self):
        console = self.start("--kernel", "gradbook")
        console.until("In [1]:")
        console.enter("kept := 41")
        console.until("In [2]:")
        console.enter('fmt.Println("begun"); for {}')
        console.until("\nbegun\n")
        console.process.sendintr()
        console.until("interrupted")
        console.until("In [3]:")
        console.enter("kept + 1")
        console.until("Out[3]: 42\n")

    def test_a_second_console_joins_a_running_kernel(self):
        manager = KernelManager(kernel_name="gradbook")
        manager.start_kernel()
        self.addCleanup(manager.shutdown_kernel, now=True)
        for line, answer, prompt in (("shared := 6", "", "In [2]:"), ("shared * 7", "Out[2]: 42\n", "In [3]:")):
            console = self.start("--existing", manager.connection_file)
            console.until("In [1]:")  # of this console; the kernel counts on
            console.enter(line)
            console.until(answer)
            console.until(prompt)
            self.assertEqual(console.leave(), 0)
        self.assertTrue(manager.is_alive(), "a console that joined has ended the kernel")


if __name__ == "__main__":
    unittest.main()
