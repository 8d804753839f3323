"""A Jupyter client made of bare ZeroMQ sockets, for what well-behaved clients never say.

It signs and frames by itself, so that it agrees with the kernel only if both agree
with the specification."""

import hashlib
import hmac
import json
import time
import uuid
from datetime import datetime, timezone

import zmq
from jupyter_client.manager import KernelManager

DELIMITER = b"<IDS|MSG>"
PATIENCE = 20  # seconds; far more than any answer needs, so that only silence fails

KINDS = {"shell": zmq.DEALER, "control": zmq.DEALER, "stdin": zmq.DEALER, "iopub": zmq.SUB, "hb": zmq.REQ}


class RawKernel:
    """A kernel started from its kernelspec, as every front end starts it."""

    def __init__(self, name="gradbook", **options):
        self.manager = KernelManager(kernel_name=name, **options)
        self.manager.start_kernel()
        self.info = self.manager.get_connection_info()
        self.context = zmq.Context()
        try:
            first = self.client()
            first.request("control", "kernel_info_request")
            first.close()
        except AssertionError as silence:
            state = "runs" if self.alive() else "has ended"
            self.close()
            raise AssertionError(f"{silence}; the kernel {state}") from silence

    def client(self, identity=None):
        return RawClient(self.context, self.info, identity)

    def alive(self):
        return self.manager.is_alive()

    def ends(self, within=PATIENCE):
        """Waits for the kernel to end and reports whether it did."""
        until = time.monotonic() + within
        while self.manager.is_alive() and time.monotonic() < until:
            time.sleep(0.02)
        return not self.manager.is_alive()

    def close(self):
        self.manager.shutdown_kernel(now=True)
        self.context.destroy(linger=0)


class RawClient:
    """One client: a socket for each channel, under one identity and one session.

    It encrypts if the kernel does, with keys of its own."""

    def __init__(self, context, info, identity=None):
        self.info = info
        self.key = info["key"] if isinstance(info["key"], bytes) else info["key"].encode()
        self.session = uuid.uuid4().hex
        identity = identity or uuid.uuid4().hex.encode()  # must not begin with a zero byte
        self.sockets = {}
        for channel, kind in KINDS.items():
            socket = self.sockets[channel] = context.socket(kind)
            socket.linger = 0
            if kind == zmq.DEALER:
                socket.identity = identity
            if info.get("curve_publickey"):
                socket.curve_publickey, socket.curve_secretkey = zmq.curve_keypair()
                socket.curve_serverkey = info["curve_publickey"].encode()
            if kind == zmq.SUB:
                socket.subscribe(b"")
            socket.connect(self.address(channel))

    def address(self, channel):
        between = "-" if self.info["transport"] == "ipc" else ":"
        return f"{self.info['transport']}://{self.info['ip']}{between}{self.info[channel + '_port']}"

    def close(self):
        for socket in self.sockets.values():
            socket.close()

    def sign(self, parts):
        return hmac.new(self.key, b"".join(parts), hashlib.sha256).hexdigest().encode()

    def header(self, kind, **more):
        return {
            "msg_id": uuid.uuid4().hex,
            "session": self.session,
            "username": "raw",
            "date": datetime.now(timezone.utc).isoformat(),
            "msg_type": kind,
            "version": "5.5",
            **more,
        }

    def send(self, channel, kind, content=None, parent=None, **more):
        """Sends one message and gives its header, by which the answers are known."""
        header = self.header(kind, **more)
        parts = [json.dumps(p).encode() for p in (header, parent or {}, {}, content or {})]
        self.raw(channel, [DELIMITER, self.sign(parts), *parts])
        return header

    def raw(self, channel, frames):
        self.sockets[channel].send_multipart(frames)

    def receive(self, channel, within=PATIENCE):
        """The next message of a channel as a dictionary, or None after some seconds of silence."""
        socket = self.sockets[channel]
        if not socket.poll(within * 1000):
            return None
        frames = socket.recv_multipart()
        at = frames.index(DELIMITER)
        signature, parts = frames[at + 1], frames[at + 2 : at + 6]
        assert signature == self.sign(parts), f"wrong signature on {parts[0]!r}"
        header, parent, metadata, content = (json.loads(p) for p in parts)
        return {
            "topic": frames[:at],
            "type": header["msg_type"],
            "header": header,
            "parent": parent,
            "metadata": metadata,
            "content": content,
            "buffers": frames[at + 6 :],
        }

    def reply(self, channel, header):
        """The answer to a request, past answers to others."""
        while True:
            message = self.receive(channel)
            assert message is not None, f"no reply to {header['msg_type']} on {channel}"
            if message["parent"].get("msg_id") == header["msg_id"]:
                return message

    def request(self, channel, kind, content=None):
        return self.reply(channel, self.send(channel, kind, content))

    def outputs(self, header):
        """What a request published, from busy to idle."""
        found = []
        while True:
            message = self.receive("iopub")
            assert message is not None, f"no idle after {[m['type'] for m in found]}"
            if message["parent"].get("msg_id") != header["msg_id"]:
                continue
            found.append(message)
            if message["type"] == "status" and message["content"]["execution_state"] == "idle":
                return found

    def until(self, header, kind):
        """The first published message of a kind that belongs to a request."""
        while True:
            message = self.receive("iopub")
            assert message is not None, f"no {kind}"
            if message["type"] == kind and message["parent"].get("msg_id") == header["msg_id"]:
                return message

    def execute(self, code, **more):
        """Asks for a cell to be run, without waiting for it."""
        content = {"code": code, "silent": False, "store_history": True, "user_expressions": {},
                   "allow_stdin": False, "stop_on_error": True, **more}
        return self.send("shell", "execute_request", content)
