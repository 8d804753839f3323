"""The kernel as jupyter_kernel_test sees it: every feature that it knows to ask for,
with a sample of Go for each. It checks the shape of every message on the way."""

import unittest

import jupyter_kernel_test


class Messages(jupyter_kernel_test.KernelTests):
    """One kernel runs all of these, so samples declare nothing another would miss."""

    kernel_name = "gradbook"
    language_name = "go"
    file_extension = ".go"

    code_hello_world = 'fmt.Println("hello, world")'
    code_stderr = 'fmt.Fprintln(os.Stderr, "a warning")'

    completion_samples = [
        {"text": "graph.Sq", "matches": {"Sqrt", "Square"}},
        {"text": "strings.HasP", "matches": {"HasPrefix"}},
        {"text": "display.Markd", "matches": {"Markdown"}},
    ]
    complete_code_samples = [
        "1 + 1",
        "x := 3",
        "func double(x float64) float64 {\n\treturn 2 * x\n}",
        'fmt.Println("hello, world")',
    ]
    incomplete_code_samples = [
        "for i := range 3 {",
        "func double(x float64) float64 {\n",
        "fmt.Println(",
        "s := `first line",
        "sum := 1 +",
    ]
    invalid_code_samples = ["x := )", "func 3() {}", '"unfinished']

    code_page_something = "?graph.Placeholder"
    code_inspect_sample = "graph.Placeholder"
    code_generate_error = 'panic("on purpose")'

    code_execute_result = [
        {"code": "1 + 2", "result": "3"},
        {"code": '"go" + "pher"', "mime": "text/plain"},
        {"code": "graph.Constant(3).Square().Compute()", "result": "9"},
        {"code": 'graph.Placeholder("x").Add(1)', "mime": "text/html"},
        {"code": 'graph.Placeholder("x").Add(2)', "mime": "image/png"},
    ]
    code_display_data = [
        {"code": 'display.Show(display.HTML("<b>bold</b>"))', "mime": "text/html"},
        {"code": 'display.Show(display.Markdown("*slanted*"))', "mime": "text/markdown"},
        {"code": 'display.Show(display.Math("x^2"))', "mime": "text/latex"},
        {"code": 'display.Show(graph.Placeholder("x").Square())', "mime": "image/png"},
        {"code": 'display.Show("plain")', "mime": "text/plain"},
    ]
    code_clear_output = "display.Clear(false)"

    code_history_pattern = "1 ? 2"  # one of the samples above, and only one
    supported_history_operations = ("tail", "range", "search")

    def test_every_feature_has_a_sample(self):
        # What has none would be skipped; so would what a later version learns to ask.
        features = [name for name, default in vars(jupyter_kernel_test.KernelTests).items()
                    if not name.startswith("_") and default in ("", [], ())]
        self.assertGreater(len(features), 10)
        self.assertEqual([name for name in features if not getattr(self, name)], [])


class Welcome(jupyter_kernel_test.IopubWelcomeTests):
    """The first message of the output channel, by which a client knows it is connected."""

    kernel_name = "gradbook"
    support_iopub_welcome = True


if __name__ == "__main__":
    unittest.main()
