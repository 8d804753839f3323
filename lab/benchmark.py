"""Gradbook against ipykernel: the same client, the same machine, the same run.

The kernels take turns, so that whatever else the machine does disturbs both alike.
Printed are medians, and how many times faster Gradbook is. ROUNDS and CELLS in the
environment change how often kernels are started and cells are run. A figure with a
target says whether Gradbook keeps it. MANY is the number of the late cell.

The last figures are of kernels without jupyter_client, spoken to over bare sockets:
what is measured there is the kernel and not its client."""

import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time

import psutil
import zmq
from jupyter_client.connect import write_connection_file
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import start_new_kernel
from rawclient import RawClient

ROUNDS = int(os.environ.get("ROUNDS", "7"))
CELLS = int(os.environ.get("CELLS", "100"))
MANY = int(os.environ.get("MANY", "10000"))
POSITIONS = 200
KERNELS = ("gradbook", "python3")
LOOP = {"gradbook": "fmt.Println()\nfor {}", "python3": "print()\nwhile True: pass"}
SLEEP = {"gradbook": "fmt.Println()\ntime.Sleep(time.Minute)", "python3": "import time\nprint()\ntime.sleep(60)"}
# Text whose prefixes are the positions: names, members, calls and brackets, unfinished.
WRITING = {
    "gradbook": 'for i, word := range strings.Fields("a b c") {\n\tfmt.Println(strings.ToUpper(word), math.Sqrt(float64(i)), len(word))\n}\n',
    "python3": 'import math\nfor i, word in enumerate("a b c".split()):\n    print(word.upper(), math.sqrt(float(i)), len(word))\n',
}
LINES = 200_000
FLOOD = {"gradbook": f"for i := range {LINES} {{ fmt.Println(i) }}", "python3": f"for i in range({LINES}): print(i)"}
# What Gradbook's figure must not exceed as a part of ipykernel's.
SHARES = {"memory then, MB": 1 / 2, "spawn to kernel_info, ms": 1 / 10, "bare trivial cell, ms": 1 / 4, f"{LINES:,} lines, ms": 1}
# What Gradbook's figure must not exceed, in the unit of its name.
TARGETS = {"first completion, ms": 50, "completion, 95th percentile, ms": 5, "10,000th cell / 10th": 2,
           "interrupt of a loop, ms": 50, "interrupt of a sleep, ms": 50}


def timed(action):
    """How many milliseconds an action takes."""
    start = time.perf_counter()
    action()
    return (time.perf_counter() - start) * 1000


def execute(client, code):
    """Runs a cell and waits for its reply and for idle, as a front end does."""
    reply = client.execute_interactive(code, output_hook=lambda _: None, timeout=60)
    if reply["content"]["status"] != "ok":
        raise RuntimeError(f"{code}: {reply['content']}")


def completions(client, text):
    """The first completion, and those at positions throughout text as it is typed."""
    def complete(code):
        client.complete(code, len(code), reply=True, timeout=60)

    found = {"first completion, ms": timed(lambda: complete(text[:20]))}
    warm = [timed(lambda: complete(text * (i // len(text)) + text[: i % len(text)])) for i in range(1, POSITIONS + 1)]
    found["completion, 95th percentile, ms"] = statistics.quantiles(warm, n=20)[-1]
    return found


def interrupt(manager, client, code):
    """From the interrupt of a running cell to its reply."""
    request = client.execute(code)
    while True:  # until the cell has printed
        message = client.get_iopub_msg(timeout=60)
        if message["parent_header"].get("msg_id") == request and message["msg_type"] == "stream":
            break
    start = time.perf_counter()
    manager.interrupt_kernel()
    while client.get_shell_msg(timeout=60)["parent_header"]["msg_id"] != request:
        pass
    return (time.perf_counter() - start) * 1000


def aged(kernel):
    """How a cell's time grows with the cells before it: medians of ten around each."""
    manager, client = start_new_kernel(kernel_name=kernel, stderr=subprocess.DEVNULL)
    try:
        times = [timed(lambda: execute(client, f"x = {i}" if kernel == "python3" else f"x := {i}")) for i in range(MANY + 10)]
        return {f"{MANY:,}th cell / 10th": statistics.median(times[-20:]) / statistics.median(times[5:25])}
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def verdict(figure, ours, theirs):
    if figure in TARGETS:
        target, kept = TARGETS[figure], ours <= TARGETS[figure]
    elif figure in SHARES:
        target, kept = f"{1 / SHARES[figure]:g} times", ours <= SHARES[figure] * theirs
    else:
        return ""
    return f", target {target}: {'kept' if kept else 'MISSED'}"


class Eager(zmq.Context):
    """Sockets that knock often at a kernel that is starting."""

    def socket(self, kind):
        made = super().socket(kind)
        made.reconnect_ivl = 2
        return made


def bare(kernel):
    """Starts a kernel by its command, and measures it over bare sockets."""
    found = {}
    with tempfile.TemporaryDirectory() as folder, Eager() as context:
        # Below the ports that systems give to clients: a client that knocks at one of those may meet itself.
        first = random.randrange(15_000, 32_000)
        ports = dict(zip(("shell_port", "iopub_port", "stdin_port", "hb_port", "control_port"), range(first, first + 5)))
        file, _ = write_connection_file(os.path.join(folder, "connection.json"), ip="127.0.0.1", key=b"bench", **ports)
        argv = [file if a == "{connection_file}" else a for a in KernelSpecManager().get_kernel_spec(kernel).argv]
        argv[0] = sys.executable if argv[0] == "python" else argv[0]
        start = time.perf_counter()
        process = subprocess.Popen(argv, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            with open(file) as connection:
                client = RawClient(context, json.load(connection))
            client.request("shell", "kernel_info_request")
            found["spawn to kernel_info, ms"] = (time.perf_counter() - start) * 1000
            listened(client)
            found["bare trivial cell, ms"] = statistics.median(timed(lambda: converse(client, "1 + 1")) for _ in range(CELLS))
            start = time.perf_counter()
            said = converse(client, FLOOD[kernel])
            found[f"{LINES:,} lines, ms"] = (time.perf_counter() - start) * 1000
            if "".join(m["content"]["text"] for m in said if m["type"] == "stream") != "".join(f"{i}\n" for i in range(LINES)):
                raise RuntimeError(f"{kernel}: the lines are not those that were printed")
            client.close()
        finally:
            process.kill()
            process.wait()
    return found


def listened(client):
    """Waits until what the kernel publishes is heard."""
    while True:
        header = client.execute("1 + 1")
        client.reply("shell", header)
        if client.receive("iopub", 1):
            return


def converse(client, code):
    """Runs a cell and gives what it published."""
    header = client.execute(code)
    client.reply("shell", header)
    return client.outputs(header)


def measure(kernel):
    """Starts a kernel, uses it, ends it; gives each figure of this one round."""
    found = {}
    start = time.perf_counter()
    manager, client = start_new_kernel(kernel_name=kernel, stderr=subprocess.DEVNULL)
    try:
        found["start to ready, ms"] = (time.perf_counter() - start) * 1000
        execute(client, "1 + 1")
        found["start to first result, ms"] = (time.perf_counter() - start) * 1000
        found["trivial cell, ms"] = statistics.median(timed(lambda: execute(client, "1 + 1")) for _ in range(CELLS))
        found |= completions(client, WRITING[kernel])
        found["interrupt of a loop, ms"] = interrupt(manager, client, LOOP[kernel])
        found["interrupt of a sleep, ms"] = interrupt(manager, client, SLEEP[kernel])
        memory = psutil.Process(manager.provisioner.process.pid).memory_info().rss
        found["memory then, MB"] = memory / 1e6
        found["shutdown, ms"] = timed(manager.shutdown_kernel)
    finally:
        client.stop_channels()
        if manager.is_alive():
            manager.shutdown_kernel(now=True)
    return found


def main():
    rounds = {kernel: [] for kernel in KERNELS}
    for kernel in KERNELS:
        measure(kernel)  # not counted: the files of both come into the machine's memory
    for _ in range(ROUNDS):
        for kernel in KERNELS:
            rounds[kernel].append(measure(kernel))

    grown = {kernel: [aged(kernel)] for kernel in KERNELS}
    alone = {kernel: [] for kernel in KERNELS}
    for _ in range(ROUNDS):
        for kernel in KERNELS:
            alone[kernel].append(bare(kernel))

    print(f"medians of {ROUNDS} starts of each kernel, {CELLS} cells in each")
    print(f"{'':32} {'gradbook':>10} {'ipykernel':>10}   ipykernel takes")
    for results in (rounds, grown, alone):
        for figure in results[KERNELS[0]][0]:
            ours, theirs = (statistics.median(r[figure] for r in results[kernel]) for kernel in KERNELS)
            print(f"{figure:32} {ours:10.2f} {theirs:10.2f}   {theirs / ours:.2f} times as much{verdict(figure, ours, theirs)}")


if __name__ == "__main__":
    main()
