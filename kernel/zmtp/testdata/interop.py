"""The client's side of TestLibzmq: libzmq, through pyzmq, against our sockets.

Arguments: the endpoints of a router, a publisher and a heartbeat, and, if they are
encrypted, the server's public key and a client's public and secret one. The router
echoes; a message whose first frame is "publish" makes the publisher send as many
numbered messages as the second frame says, "close" ends the test. Every check
prints one line; the Go side compares the lines.
"""

import sys

import zmq
from zmq.utils.monitor import recv_monitor_message

router, publisher, heartbeat, *keys = sys.argv[1:]
keys = dict(zip(("curve_serverkey", "curve_publickey", "curve_secretkey"), (k.encode() for k in keys)))
context = zmq.Context()


def socket(kind, endpoint, **options):
    s = context.socket(kind)
    s.linger, s.rcvtimeo, s.sndtimeo, s.rcvhwm = 5000, 30000, 30000, 0
    for name, value in {**keys, **options}.items():
        setattr(s, name, value)
    s.connect(endpoint)
    return s


def refused(**options):
    """Connects to the router and waits until it hangs up, without a handshake."""
    s = context.socket(zmq.DEALER)
    s.linger = 0
    for name, value in options.items():
        setattr(s, name, value)
    events = s.get_monitor_socket()
    events.rcvtimeo = 30000
    s.connect(router)
    s.send(b"let me in")
    seen = []
    while zmq.EVENT_DISCONNECTED not in seen:
        seen.append(recv_monitor_message(events)["event"])
        assert seen[-1] != zmq.EVENT_HANDSHAKE_SUCCEEDED, seen
        if seen[-1] in (zmq.EVENT_HANDSHAKE_FAILED_NO_DETAIL, zmq.EVENT_HANDSHAKE_FAILED_PROTOCOL):
            break
    s.disable_monitor()
    s.close()


# Who does not encrypt, or takes us for somebody else, gets nothing.
if keys:
    refused()
    refused(**{**keys, "curve_serverkey": keys["curve_publickey"]})
    print("refused", flush=True)


# A DEALER with an identity and one without; frames of every size class.
for options in ({}, {"identity": b"front end \xff"}):
    shell = socket(zmq.DEALER, router, **options)
    for size in (0, 1, 255, 256, 70000, 5000000):
        frames = [b"", b"x" * size, b"end"]
        shell.send_multipart(frames)
        assert shell.recv_multipart() == frames, size
    print("echo", flush=True)

# A heartbeat, as jupyter_client's.
beat = socket(zmq.REQ, heartbeat)
for _ in range(10):
    beat.send(b"ping")
    assert beat.recv() == b"ping"
print("heartbeat", flush=True)

# Two subscribers: each is welcomed, and only for itself.
iopub = socket(zmq.SUB, publisher, subscribe=b"")
assert iopub.recv_multipart() == [b"", b"welcome"]
second = socket(zmq.SUB, publisher, subscribe=b"number 7")
assert second.recv_multipart() == [b"number 7", b"welcome"]
print("welcome", flush=True)

# Heartbeats of ZMTP itself, which libzmq sends to peers of version 3.1.
pinging = socket(zmq.DEALER, router, heartbeat_ivl=20, heartbeat_timeout=2000)
for _ in range(20):
    pinging.send(b"x")
    assert pinging.recv() == b"x"
print("ping", flush=True)

# Everything published arrives, in order.
count = 20000
shell.send_multipart([b"publish", b"%d" % count])
for i in range(count):
    topic, body = iopub.recv_multipart()
    assert topic == b"number %d" % i, (topic, i)
assert second.recv_multipart()[0] == b"number 7"
print("publish", flush=True)

# A second socket with the identity of the first takes over.
heir = socket(zmq.DEALER, router, identity=b"front end \xff")
heir.send(b"mine")
assert heir.recv() == b"mine"
print("handover", flush=True)

# What was published before the close arrives after it.
heir.send_multipart([b"close", b"%d" % count])
for i in range(count):
    topic, body = iopub.recv_multipart()
    assert topic == b"number %d" % i, (topic, i)
print("drained", flush=True)
context.destroy(linger=0)
