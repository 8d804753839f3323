"""Gradbook against ipykernel: the same client, the same machine, the same run.

The kernels take turns, so that whatever else the machine does disturbs both alike.
Printed are medians, and how many times faster Gradbook is. ROUNDS and CELLS in the
environment change how often kernels are started and cells are run."""

import os
import statistics
import subprocess
import time

import psutil
from jupyter_client.manager import start_new_kernel

ROUNDS = int(os.environ.get("ROUNDS", "7"))
CELLS = int(os.environ.get("CELLS", "100"))
KERNELS = ("gradbook", "python3")


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

    print(f"medians of {ROUNDS} starts of each kernel, {CELLS} cells in each")
    print(f"{'':26} {'gradbook':>10} {'ipykernel':>10}   ipykernel takes")
    for figure in rounds[KERNELS[0]][0]:
        ours, theirs = (statistics.median(r[figure] for r in rounds[kernel]) for kernel in KERNELS)
        print(f"{figure:26} {ours:10.2f} {theirs:10.2f}   {theirs / ours:.2f} times as much")


if __name__ == "__main__":
    main()
