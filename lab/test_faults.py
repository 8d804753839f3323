"""Peers that misbehave, against one kernel that somebody else is using: each test does one
wrong thing and sees that the somebody gets every answer. A table at the end tells how long
the slowest answer took meanwhile, which is for people to judge."""

import json
import os
import signal
import socket
import struct
import subprocess
import sys
import threading
import time
import unittest
from contextlib import ExitStack

import zmq
from jupyter_client.manager import KernelManager
from rawclient import DELIMITER, RawKernel

GREETING = b"\xff" + bytes(8) + b"\x7f\x03\x00" + b"NULL".ljust(20, b"\0") + bytes(32)
READY = b"\x05READY\x0bSocket-Type\x00\x00\x00\x06DEALER\x08Identity\x00\x00\x00\x00"
CHANNELS = ("shell", "control", "iopub", "stdin", "hb")


CONNECTS = """
import socket, struct, sys
places = [place.rsplit(":", 1) for place in sys.argv[1:]]
for i in range(10_000):
    ip, port = places[i % len(places)]
    with socket.create_connection((ip, int(port))) as s:
        # Gone without a trace, so that the ports last for all ten thousand.
        s.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
"""


class Somebody:
    """A well-behaved client on a thread of its own: it asks and asks, and times the answers."""

    def __init__(self, kernel):
        self.client = kernel.client()
        self.slowest, self.answers, self.failure = 0.0, 0, None
        self.done = threading.Event()
        self.thread = threading.Thread(target=self.run)
        self.thread.start()

    def run(self):
        try:
            while not self.done.is_set() or not self.answers:
                start = time.perf_counter()
                reply = self.client.request("control", "kernel_info_request")
                assert reply["content"]["status"] == "ok", reply
                self.client.raw("hb", [b"beat"])
                assert self.client.sockets["hb"].poll(20_000), "the heart does not beat"
                assert self.client.sockets["hb"].recv() == b"beat"
                self.slowest = max(self.slowest, time.perf_counter() - start)
                self.answers += 1
        except Exception as failure:  # told to the test, in its own thread
            self.failure = failure

    def close(self):
        self.done.set()
        self.thread.join()
        self.client.close()


class Faults(unittest.TestCase):
    table = []

    @classmethod
    def setUpClass(cls):
        cls.kernel = RawKernel()

    @classmethod
    def tearDownClass(cls):
        cls.kernel.close()
        print(f"\n{'fault':54} {'answers':>8} {'slowest, ms':>12}")
        for name, answers, slowest in cls.table:
            print(f"{name:54} {answers:8} {slowest * 1000:12.1f}")

    def setUp(self):
        self.client = self.kernel.client()
        self.addCleanup(self.client.close)
        # Its connections stand, and from here on nothing published is missed.
        self.client.request("control", "kernel_info_request")
        while self.client.receive("iopub")["type"] != "iopub_welcome":
            pass  # the question was heard already
        somebody = Somebody(self.kernel)
        self.addCleanup(self.judge, somebody)

    def judge(self, somebody):
        somebody.close()
        if somebody.failure:
            raise somebody.failure
        self.table.append((self._testMethodName.removeprefix("test_").replace("_", " "), somebody.answers, somebody.slowest))
        self.assertTrue(self.kernel.alive(), "the kernel has died")

    def address(self, channel):
        return self.kernel.info["ip"], self.kernel.info[channel + "_port"]

    def connect(self, channel, *said):
        """A bare TCP connection on which something was said."""
        s = socket.create_connection(self.address(channel))
        self.addCleanup(s.close)
        for text in said:
            s.sendall(text)
        return s

    def value(self, code):
        header = self.client.execute(code)
        result = self.client.until(header, "execute_result")
        self.client.reply("shell", header)
        return result["content"]["data"]["text/plain"]

    def test_bad_signature(self):
        header = self.client.header("execute_request")
        parts = [json.dumps(p).encode() for p in (header, {}, {}, {"code": "forged := 1"})]
        for signature in (b"", b"0" * 64, b"\xff" * 64, self.client.sign(parts)[:-1]):
            self.client.raw("shell", [DELIMITER, signature, *parts])
        failed = self.client.execute("forged")
        self.assertEqual(self.client.reply("shell", failed)["content"]["status"], "error")

    def test_missing_delimiter(self):
        for frames in ([b""], [b"a"], [b"a", b"b", b"c", b"d", b"e", b"f"], [DELIMITER]):
            for channel in ("shell", "control", "stdin"):
                self.client.raw(channel, frames)
        self.assertEqual(self.value("1 + 1"), "2")

    def test_empty_content(self):
        for content in (b"", b"{}", b"null", b"[]", b"{", b"5"):
            for kind in ("execute_request", "complete_request", "history_request", "comm_open", "shutdown"):
                header = json.dumps(self.client.header(kind)).encode()
                parts = [header, b"{}", b"{}", content]
                self.client.raw("shell", [DELIMITER, self.client.sign(parts), *parts])
        self.assertEqual(self.value("1 + 2"), "3")

    def test_garbage(self):
        for channel in CHANNELS:
            self.connect(channel, os.urandom(4096))
            self.connect(channel, GREETING, os.urandom(4096))
            self.connect(channel, GREETING, b"\x04" + bytes([len(READY)]) + READY, os.urandom(4096))
        self.assertEqual(self.value("1 + 3"), "4")

    def test_frame_of_2_to_the_62_bytes(self):
        for channel in CHANNELS:
            self.connect(channel, GREETING, b"\x04" + bytes([len(READY)]) + READY, b"\x02" + struct.pack(">Q", 1 << 62))
        self.assertEqual(self.value("1 + 4"), "5")

    def test_a_thousand_silent_connections(self):
        with ExitStack() as stack:
            for i in range(1000):
                stack.enter_context(socket.create_connection(self.address(CHANNELS[i % 5])))
            self.assertEqual(self.value("1 + 5"), "6")
            another = self.kernel.client()  # who comes later is served too
            self.addCleanup(another.close)
            self.assertEqual(another.request("shell", "kernel_info_request")["content"]["status"], "ok")

    def test_half_a_message(self):
        for channel in CHANNELS:
            whole = GREETING + b"\x04" + bytes([len(READY)]) + READY + b"\x01\x05hello\x00\x05world"
            for cut in (5, 40, len(GREETING), len(GREETING) + 9, len(whole) - 3, len(whole) - 8):
                self.connect(channel, whole[:cut])
        self.assertEqual(self.value("1 + 6"), "7")

    def test_duplicate_identity(self):
        first = self.kernel.client(b"twin")
        self.addCleanup(first.close)
        first.request("shell", "kernel_info_request")
        second = self.kernel.client(b"twin")
        self.addCleanup(second.close)
        for channel in ("shell", "control"):
            self.assertEqual(second.request(channel, "kernel_info_request")["content"]["status"], "ok")
        self.assertEqual(self.value("1 + 7"), "8")

    def test_a_subscriber_that_never_reads_200_000_lines(self):
        deaf = socket.create_connection(self.address("iopub"))
        self.addCleanup(deaf.close)
        deaf.sendall(GREETING)
        deaf.sendall(b"\x04\x19\x05READY\x0bSocket-Type\x00\x00\x00\x03SUB")
        deaf.sendall(b"\x00\x01\x01")  # subscribe to everything
        lines = 200_000
        header = self.client.execute(f"for i := range {lines} {{ fmt.Println(i) }}")
        text = "".join(m["content"]["text"] for m in self.client.outputs(header) if m["type"] == "stream")
        self.assertEqual(text, "".join(f"{i}\n" for i in range(lines)))
        deaf.settimeout(20)
        heard = b""
        while b"stream" not in heard:  # it was subscribed, and could have read all the time
            more = deaf.recv(1 << 16)
            self.assertTrue(more, f"it was cut after {heard[-100:]}")
            heard = heard[-100:] + more

    def test_ten_thousand_connects(self):
        # By another process: in this one it would delay whoever measures.
        hasty = subprocess.run([sys.executable, "-c", CONNECTS, *[f"{self.address(c)[0]}:{self.address(c)[1]}" for c in CHANNELS]])
        self.assertEqual(hasty.returncode, 0)
        self.assertEqual(self.value("1 + 8"), "9")

    def test_a_peer_that_leaves_in_the_middle(self):
        for _ in range(50):
            hasty = self.kernel.client()
            hasty.execute('fmt.Print("to nobody")')
            hasty.close()
        self.assertEqual(self.value("1 + 9"), "10")


class Restart(unittest.TestCase):
    """A kernel on ipc that was killed leaves its socket files; the next one starts all the same."""

    def test_kill_and_restart_on_ipc(self):
        manager = KernelManager(kernel_name="gradbook", transport="ipc")
        manager.start_kernel(stderr=subprocess.DEVNULL)
        self.addCleanup(lambda: manager.shutdown_kernel(now=True))
        for _ in range(3):
            client = manager.blocking_client()
            client.start_channels()
            client.wait_for_ready(timeout=20)
            reply = client.execute_interactive("1 + 1", output_hook=lambda _: None, timeout=20)
            self.assertEqual(reply["content"]["status"], "ok")
            client.stop_channels()
            os.kill(manager.provisioner.process.pid, signal.SIGKILL)
            manager.provisioner.process.wait()
            files = [f"{manager.ip}-{manager.shell_port}", f"{manager.ip}-{manager.iopub_port}"]
            self.assertTrue(all(map(os.path.exists, files)), "the killed kernel left no socket files to trip over")
            manager.restart_kernel(now=True, stderr=subprocess.DEVNULL)


if __name__ == "__main__":
    unittest.main()
