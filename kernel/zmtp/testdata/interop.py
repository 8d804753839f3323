"""The client's side of TestLibzmq: libzmq, through pyzmq, against our sockets.

Arguments: the endpoints of a router, a publisher and a heartbeat. The router
echoes; a message whose first frame is "publish" makes the publisher send as many
numbered messages as the second frame says, "close" ends the test. Every check
prints one line; the Go side compares the lines.
"""

import sys

import zmq

router, publisher, heartbeat = sys.argv[1:]
context = zmq.Context()


def socket(kind, endpoint, **options):
    s = context.socket(kind)
    s.linger, s.rcvtimeo, s.sndtimeo, s.rcvhwm = 5000, 30000, 30000, 0
    for name, value in options.items():
        setattr(s, name, value)
    s.connect(endpoint)
    return s


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
