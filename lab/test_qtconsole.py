"""Jupyter's Qt console, its real window on a screen that nobody sees: somebody types a session,
and the tutorials are run in it cell by cell."""

import os
import sys
import unittest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import nbformat
from qtconsole.manager import QtKernelManager
from qtconsole.rich_jupyter_widget import RichJupyterWidget
from qtpy.QtCore import QEventLoop, Qt, QTimer
from qtpy.QtTest import QTest
from qtpy.QtWidgets import QApplication
from test_notebooks import TUTORIALS, without_times

PATIENCE = 60  # seconds; far more than any answer needs, so that only silence fails
PICTURE = "\ufffc"  # what stands in a text for each picture

application = QApplication([])


class Window(RichJupyterWidget):
    """The console's window, which remembers what it has dealt with."""

    def __init__(self, **options):
        super().__init__(**options)
        self.heard = []

    def _dispatch(self, message):
        super()._dispatch(message)
        self.heard.append(message)


class QtConsole(unittest.TestCase):
    def setUp(self):
        self.manager = QtKernelManager(kernel_name="gradbook")
        self.manager.start_kernel(cwd=TUTORIALS[0].parent)
        self.addCleanup(self.manager.shutdown_kernel, now=True)
        # A console takes the kernel's start for a restart if a cell is under way by then. Nobody
        # types that fast but a test, so somebody else hears of it first.
        first = self.manager.blocking_client()
        first.start_channels()
        first.wait_for_ready(timeout=PATIENCE)
        first.stop_channels()
        self.client = self.manager.client()
        self.client.start_channels()
        self.addCleanup(self.client.stop_channels)
        self.window = Window(buffer_size=0)  # which forgets nothing
        self.window.kernel_manager, self.window.kernel_client = self.manager, self.client
        self.addCleanup(self.window.close)
        self.wait_for(lambda: self.text().endswith("In [1]: "), "no prompt")

    def text(self):
        return self.window._control.toPlainText()

    def heard_of(self, request):
        return [m for m in self.window.heard if m["parent_header"].get("msg_id") == request]

    def has_heard(self, state, request=None):
        return any(m["content"].get("execution_state") == state for m in self.heard_of(request))

    def wait_for(self, condition, complaint):
        """Lets Qt work until a condition holds."""
        late = QTimer(singleShot=True)
        late.start(PATIENCE * 1000)
        while not condition():
            self.assertTrue(late.isActive(), f"{complaint} in\n{self.text()[-2000:]}")
            application.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)

    def run_cell(self, code, meanwhile=lambda: None):
        """Runs a cell and gives what was shown for it, and the kernel's reply."""
        replies = []
        self.window.executed.connect(replies.append)
        self.window.execute(code)
        meanwhile()
        self.wait_for(lambda: replies, f"no end of\n{code}\n")
        self.window.executed.disconnect(replies.append)
        # What was printed may arrive after the reply; it is put above the new prompt.
        self.wait_for(lambda: self.has_heard("idle", replies[0]["parent_header"]["msg_id"]), "no idle")
        prompt = f"In [{replies[0]['content']['execution_count']}]: "
        return self.text()[self.text().rindex(prompt):], replies[0]

    def press(self, text):
        QTest.keyClicks(self.window._control, text)

    def enter(self, line):
        self.press(line)
        QTest.keyClick(self.window._control, Qt.Key.Key_Return)

    def test_a_session(self):
        self.enter("1 + 2")
        self.wait_for(lambda: "Out[1]: 3" in self.text(), "no value")
        self.wait_for(lambda: self.text().endswith("In [2]: "), "no prompt")
        self.enter("func double(x int) int {")  # incomplete: it goes on below
        self.wait_for(lambda: "...:" in self.text(), "no second line")
        self.window._control.insertPlainText("return 2 * x\n}")
        self.run_cell(self.window.input_buffer)
        shown, reply = self.run_cell('panic("oh no")')
        self.assertEqual(reply["content"]["status"], "error")
        self.assertIn("panic: oh no", shown)
        self.assertIn("42", self.run_cell("double(21)")[0])

    def test_a_question_is_answered(self):
        def answer():
            self.wait_for(lambda: self.text().endswith("who? "), "no question")
            self.enter("Ada")

        self.assertIn("Ada!", self.run_cell('name, _ := display.Input("who? ")\nname + "!"', answer)[0])

    def test_a_cell_is_stopped(self):
        def stop():
            self.wait_for(lambda: "begun\n" in self.text(), "no output")
            self.window.request_interrupt_kernel()

        shown, reply = self.run_cell('fmt.Println("begun")\nfor {}', stop)
        self.assertEqual(reply["content"]["status"], "error")
        self.assertIn("interrupted", shown)
        self.assertIn("42", self.run_cell("6 * 7")[0])

    def test_tutorials(self):
        for path in TUTORIALS:
            for cell in nbformat.read(path, as_version=4).cells:
                if cell.cell_type == "code":
                    with self.subTest(path.stem, code=cell.source):
                        shown, reply = self.run_cell(cell.source)
                        self.assert_shows(shown, reply, cell.outputs)

    def assert_shows(self, shown, reply, outputs):
        """The window shows the committed outputs: the texts, and a picture where there is one.

        It knows no update_display_data: of what is live it keeps the first state, in text."""
        failed = any(o.output_type == "error" for o in outputs)
        self.assertEqual(reply["content"]["status"], "error" if failed else "ok", reply)
        live = any(m["msg_type"] == "update_display_data" for m in self.heard_of(reply["parent_header"]["msg_id"]))
        shown = without_times(shown)
        for output in outputs:
            data = output.get("data", {})
            if "image/png" in data:
                self.assertIn(" at step " if live else PICTURE, shown)
            elif output.output_type != "error":
                text = without_times(output.get("text") or data["text/plain"])
                self.assertIn(text.splitlines()[0].split(":")[0] if live and data else text.strip(), shown)


if __name__ == "__main__":
    program = unittest.main(exit=False)
    # Qt's bindings release None once too often, which ends Python with a crash after a long
    # session. The results are known by then.
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(not program.result.wasSuccessful())
