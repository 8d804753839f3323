"""Conversations that no well-behaved client holds, and some that all of them do, over
bare sockets: the kernel must answer what it should, drop what it must, and live on."""

import json
import os
import shutil
import socket
import tempfile
import unittest
import uuid

import psutil
import zmq
from rawclient import DELIMITER, KINDS, PATIENCE, RawKernel
from zmq.utils.monitor import recv_monitor_message

ENDLESS = "for {\n}"


class Conversations(unittest.TestCase):
    def setUp(self):
        self.kernel = RawKernel()
        self.addCleanup(self.kernel.close)
        self.client = self.kernel.client()
        self.addCleanup(self.client.close)
        # The welcome of the subscription: from here on nothing published is missed.
        self.assertEqual(self.client.receive("iopub")["type"], "iopub_welcome")

    def value(self, code, client=None):
        """What a cell shows, as text."""
        client = client or self.client
        header = client.execute(code)
        results = [m for m in client.outputs(header) if m["type"] == "execute_result"]
        self.assertEqual(client.reply("shell", header)["content"]["status"], "ok")
        return results[0]["content"]["data"]["text/plain"] if results else None

    def start_endless(self):
        header = self.client.execute(ENDLESS)
        self.client.until(header, "execute_input")
        return header

    def test_a_forged_message_is_dropped(self):
        header = self.client.header("execute_request")
        parts = [json.dumps(p).encode() for p in (header, {}, {}, {"code": "forged := 1"})]
        self.client.raw("shell", [DELIMITER, b"0" * 64, *parts])
        for garbage in ([b""], [DELIMITER], [b"no", b"delimiter"], [DELIMITER, b"", b"{", b"}"]):
            self.client.raw("shell", garbage)
        header = self.client.execute("forged")
        self.assertEqual(self.client.reply("shell", header)["content"]["status"], "error")
        self.assertEqual(self.value("1 + 1"), "2")

    def test_a_replayed_message_runs_once(self):
        self.value("n := 0")
        header = self.client.header("execute_request")
        parts = [json.dumps(p).encode() for p in (header, {}, {}, {"code": "n++"})]
        for _ in range(2):
            self.client.raw("shell", [DELIMITER, self.client.sign(parts), *parts])
        self.client.reply("shell", header)
        self.assertEqual(self.value("n"), "1")

    def test_the_parent_is_the_whole_header(self):
        header = self.client.send("shell", "kernel_info_request", subshell_id=None, tracing={"id": 7})
        self.assertEqual(self.client.reply("shell", header)["parent"], header)
        self.assertEqual([m["parent"] for m in self.client.outputs(header)], [header, header])

    def test_every_topic_names_its_message(self):
        header = self.client.execute('fmt.Println("x")\n1 + 1')
        published = self.client.outputs(header)
        self.assertEqual([m["type"] for m in published],
                         ["status", "execute_input", "stream", "execute_result", "status"])
        for message in published:
            self.assertIn(message["type"].encode(), message["topic"][0])

    def test_control_answers_while_a_cell_runs(self):
        running = self.start_endless()
        self.assertEqual(self.client.request("control", "kernel_info_request")["content"]["status"], "ok")
        self.assertEqual(self.client.request("control", "interrupt_request")["content"]["status"], "ok")
        reply = self.client.reply("shell", running)["content"]
        self.assertEqual(reply["status"], "error")
        self.assertEqual(self.value("40 + 2"), "42")

    def test_the_heart_beats_while_a_cell_runs(self):
        self.start_endless()
        for beat in (b"ping", b"", b"x" * 1000):
            self.client.raw("hb", [beat])
            self.assertTrue(self.client.sockets["hb"].poll(20_000), "the heart stopped")
            self.assertEqual(self.client.sockets["hb"].recv_multipart(), [beat])

    def test_many_interrupts_end_one_cell_once(self):
        running = self.start_endless()
        for header in [self.client.send("control", "interrupt_request") for _ in range(50)]:
            self.assertEqual(self.client.reply("control", header)["content"]["status"], "ok")
        self.assertEqual(self.client.reply("shell", running)["content"]["status"], "error")
        self.assertEqual(self.value("1 + 2"), "3")

    def test_after_an_error_queued_cells_are_aborted(self):
        failing = self.start_endless()
        queued = [self.client.execute("late := 1"), self.client.execute("late")]
        self.client.request("control", "interrupt_request")
        self.assertEqual(self.client.reply("shell", failing)["content"]["status"], "error")
        for header in queued:
            self.assertEqual(self.client.reply("shell", header)["content"]["status"], "aborted")
        self.assertEqual(self.value("7"), "7")

    def test_input_is_asked_of_the_client_that_runs_the_cell(self):
        other = self.kernel.client()
        self.addCleanup(other.close)
        header = self.client.execute('name, _ := display.Input("who? ")\nname', allow_stdin=True)
        asked = self.client.receive("stdin")
        self.assertEqual(asked["type"], "input_request")
        self.assertEqual(asked["content"], {"prompt": "who? ", "password": False})
        self.client.send("stdin", "input_reply", {"status": "ok", "value": "Ada"}, parent=asked["header"])
        shown = self.client.until(header, "execute_result")
        self.assertEqual(shown["content"]["data"]["text/plain"], "Ada")
        self.assertIsNone(other.receive("stdin", within=0))

    def test_input_without_permission_fails_the_cell(self):
        header = self.client.execute('display.Input("who? ")', allow_stdin=False)
        self.assertEqual(self.client.reply("shell", header)["content"]["status"], "error")

    def test_every_subscriber_is_welcomed(self):
        for _ in range(2):
            late = self.kernel.client()
            self.addCleanup(late.close)
            welcome = late.receive("iopub")
            self.assertEqual((welcome["type"], welcome["content"]), ("iopub_welcome", {"subscription": ""}))
            self.assertEqual(self.value("1 + 1", late), "2")

    def test_a_connection_that_says_nothing_delays_nobody(self):
        for channel in ("shell", "iopub", "control", "stdin", "hb"):
            silent = socket.create_connection((self.kernel.info["ip"], self.kernel.info[channel + "_port"]))
            self.addCleanup(silent.close)
        late = self.kernel.client()
        self.addCleanup(late.close)
        self.assertEqual(late.receive("iopub")["type"], "iopub_welcome")
        self.assertEqual(self.value("1 + 1", late), "2")

    def test_completion_counts_code_points(self):
        before = 's := "héllo 🙂"; '
        code = before + "graph.Placeh"
        reply = self.client.request("shell", "complete_request", {"code": code, "cursor_pos": len(code)})["content"]
        self.assertEqual(reply["matches"], ["Placeholder"])
        end = reply["cursor_end"]
        start = reply["cursor_start"]
        self.assertEqual(code[:start] + reply["matches"][0] + code[end:], before + "graph.Placeholder")

    def test_a_shutdown_ends_an_endless_loop(self):
        self.start_endless()
        header = self.client.send("control", "shutdown_request", {"restart": False})
        reply = self.client.reply("control", header)["content"]
        self.assertEqual((reply["status"], reply["restart"]), ("ok", False))
        self.assertEqual(self.client.until(header, "shutdown_reply")["content"]["restart"], False)
        self.assertTrue(self.kernel.ends(), "the kernel still runs")

    def test_a_comm_is_opened_from_either_side_and_carries_buffers(self):
        self.value(
            """import "gradbook/display/comm"
type point struct { X, Y int }
comm.Register("echo", func(c *comm.Comm, opening comm.Message) {
    c.OnMessage(func(m comm.Message) {
        fmt.Println("heard", m.Data["n"])
        c.Send(comm.Message{Data: map[string]any{"p": point{1, 2}, "n": m.Data["n"]}, Buffers: m.Buffers})
    })
})"""
        )
        open_header = self.client.send("shell", "comm_open", {"comm_id": "c1", "target_name": "echo", "data": {}})
        self.assertEqual([m["type"] for m in self.client.outputs(open_header)], ["status", "status"])
        header = self.client.header("comm_msg")
        parts = [json.dumps(p).encode() for p in (header, {}, {}, {"comm_id": "c1", "data": {"n": 5}})]
        self.client.raw("shell", [DELIMITER, self.client.sign(parts), *parts, b"\x00bytes"])
        _, said, answer, _ = self.client.outputs(header)
        self.assertEqual(said["content"], {"name": "stdout", "text": "heard 5\n"})
        self.assertEqual(answer["content"], {"comm_id": "c1", "data": {"n": 5, "p": {"X": 1, "Y": 2}}})
        self.assertEqual(answer["buffers"], [b"\x00bytes"])
        mine = self.value('c, _ := comm.Open("chart", comm.Message{})\nc.ID()')
        comms = self.client.request("shell", "comm_info_request", {"target_name": None})["content"]["comms"]
        self.assertEqual(comms, {"c1": {"target_name": "echo"}, mine: {"target_name": "chart"}})
        self.client.outputs(self.client.send("shell", "comm_close", {"comm_id": mine, "data": {}}))
        comms = self.client.request("shell", "comm_info_request", {})["content"]["comms"]
        self.assertEqual(list(comms), ["c1"])

    def test_nothing_printed_before_a_shutdown_is_lost(self):
        lines = 20_000
        header = self.client.execute(f"for i := range {lines} {{ fmt.Println(i) }}")
        self.client.reply("shell", header)
        self.client.send("control", "shutdown_request", {"restart": False})
        text = "".join(m["content"]["text"] for m in self.client.outputs(header) if m["type"] == "stream")
        self.assertEqual(text, "".join(f"{i}\n" for i in range(lines)))


class History(unittest.TestCase):
    def run_and_end(self, code):
        kernel = RawKernel()
        self.addCleanup(kernel.close)
        client = kernel.client()
        self.addCleanup(client.close)
        self.assertEqual(client.reply("shell", client.execute(code))["content"]["status"], "ok")
        client.send("control", "shutdown_request", {"restart": True})
        self.assertTrue(kernel.ends(), "the kernel does not end")

    def test_a_later_kernel_knows_the_cells_of_those_that_ended(self):
        mark = uuid.uuid4().hex
        self.run_and_end(f'"{mark} one"')
        self.run_and_end(f'"{mark} two"')
        kernel = RawKernel()
        self.addCleanup(kernel.close)
        client = kernel.client()
        self.addCleanup(client.close)
        query = {"hist_access_type": "search", "pattern": f"*{mark}*", "output": True, "raw": True, "n": 10, "unique": True}
        found = client.request("shell", "history_request", query)["content"]["history"]
        self.assertEqual([cell for _, _, cell in found], [[f'"{mark} one"', f"{mark} one"], [f'"{mark} two"', f"{mark} two"]])
        (first, _, _), (second, _, _) = found
        self.assertLess(first, second)


class LastWords(unittest.TestCase):
    """What ends a Go program there and then is said under its cell, and the next kernel serves."""

    def dies(self, code, words, **options):
        kernel = RawKernel(**options)
        self.addCleanup(kernel.close)
        client = kernel.client()
        self.addCleanup(client.close)
        client.reply("shell", client.execute("before := 1"))
        kernel_process = psutil.Process(kernel.manager.provisioner.pid)
        witnesses = kernel_process.children()
        self.assertEqual(len(witnesses), 1)
        dying = client.execute(code)
        error = client.until(dying, "error")
        self.assertEqual(error["parent"], dying)
        self.assertIn(words, error["content"]["evalue"])
        self.assertNotIn("goroutine ", "\n".join(error["content"]["traceback"]))
        self.assertTrue(kernel.ends())
        kernel.manager.restart_kernel(now=True)  # as who watches over kernels does
        after = client.reply("shell", client.execute("1 + 1"))["content"]
        self.assertEqual(after["status"], "ok", after)
        self.assertEqual(psutil.wait_procs(witnesses, PATIENCE)[1], [], "the witness stays")

    def test_two_goroutines_that_write_one_map(self):
        self.dies("m := map[int]int{}\nfor g := range 8 { go func() { for i := 0; ; i++ { m[i%100] = g } }() }\nselect {}",
                  "fatal error: concurrent map writes")

    def test_memory_that_no_machine_has(self):
        self.dies("for range 200 { go func() { select {} }() }\nvar b [][]byte\nb = append(b, make([]byte, 1<<45))", "out of memory")

    def test_a_kernel_that_is_reached_by_files(self):
        self.dies("m := map[int]int{}\nfor g := range 8 { go func() { for i := 0; ; i++ { m[i%100] = g } }() }\nselect {}",
                  "fatal error: concurrent map writes", transport="ipc", ip=os.path.join(self.folder(), "kernel"))

    def folder(self):
        folder = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, folder)
        return folder

    def test_nobody_stays_behind_a_kernel_that_ends_or_is_killed(self):
        for end in (lambda k, c: c.send("control", "shutdown_request", {"restart": False}), lambda k, c: k.manager.signal_kernel(9)):
            kernel = RawKernel()
            self.addCleanup(kernel.close)
            client = kernel.client()
            self.addCleanup(client.close)
            client.reply("shell", client.execute("before := 1"))
            witnesses = psutil.Process(kernel.manager.provisioner.pid).children()
            end(kernel, client)
            self.assertTrue(kernel.ends())
            self.assertEqual(psutil.wait_procs(witnesses, PATIENCE)[1], [], "the witness stays")


class Encryption(unittest.TestCase):
    """The five sockets under CurveZMQ, as jupyter_client starts a kernel that must be encrypted."""

    def setUp(self):
        self.kernel = RawKernel(transport_encryption="required")
        self.addCleanup(self.kernel.close)

    def test_a_client_with_keys_of_its_own_is_served_on_every_channel(self):
        client = self.kernel.client()
        self.addCleanup(client.close)
        self.assertEqual(client.receive("iopub")["type"], "iopub_welcome")
        header = client.execute('name, _ := display.Input("who? ")\nname', allow_stdin=True)
        asked = client.receive("stdin")
        client.send("stdin", "input_reply", {"status": "ok", "value": "Ada"}, parent=asked["header"])
        self.assertEqual(client.until(header, "execute_result")["content"]["data"]["text/plain"], "Ada")
        client.raw("hb", [b"ping"])
        self.assertTrue(client.sockets["hb"].poll(20_000), "the heart does not beat")
        self.assertEqual(client.request("control", "kernel_info_request")["content"]["status"], "ok")

    def test_a_client_without_keys_gets_nothing(self):
        client = self.kernel.client()
        self.addCleanup(client.close)
        thrown_out = {zmq.EVENT_DISCONNECTED, zmq.EVENT_HANDSHAKE_FAILED_PROTOCOL, zmq.EVENT_HANDSHAKE_FAILED_NO_DETAIL}
        for channel, kind in KINDS.items():
            with self.subTest(channel), self.kernel.context.socket(kind) as plain:
                plain.linger = 0
                seen = set()
                with plain.get_monitor_socket() as events:
                    plain.connect(client.address(channel))
                    while not seen & thrown_out:
                        self.assertTrue(events.poll(20_000), f"was not thrown out, but {seen}")
                        seen.add(recv_monitor_message(events)["event"])
                    plain.disable_monitor()
                self.assertNotIn(zmq.EVENT_HANDSHAKE_SUCCEEDED, seen)
                self.assertFalse(plain.poll(0), "something came")


if __name__ == "__main__":
    unittest.main()
