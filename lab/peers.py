"""The graph against NumPy by hand and PyTorch: the same models, the same machine, one thread, in turns.

The cases are those of BenchmarkPeers in graph/peers_test.go: least squares by full-batch
gradient descent for a line and a parabola, a network of 784, 128 and 10 units on batches
of 128, one with two convolutions on images of 28 by 28, and chains of operations on one
number, computed and only built. Printed is the best of ROUNDS turns, since other programs
only ever make a turn slower; and whether a target is kept. Last comes what it costs a
training of ours to be watched by a live figure."""

import os
import re
import subprocess
import time

for variable in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[variable] = "1"

import numpy as np
import torch

torch.set_num_threads(1)
ROUNDS = int(os.environ.get("ROUNDS", "3"))
SECONDS = float(os.environ.get("SECONDS", "0.5"))
GO = os.environ.get("GO", "go")
KINDS = {"f64": (np.float64, torch.float64), "f32": (np.float32, torch.float32)}
START = {"linear": [0.5, 0.1], "quadratic": [0.3, 0.5, 0.1]}
# case/type: how many times as fast as (NumPy, PyTorch) ours must be
TARGETS = {"linear_n100/f64": (20, 100), "quadratic_n100/f64": (20, 100), "linear_n1m/f64": (3, 0), "mlp/f32": (0, 1.3)} | {
    f"chain_{10**k}/f64": (0, 100) for k in range(1, 6)} | {f"build_{10**k}/f64": (0, 5) for k in range(1, 6)}


def rate(step):
    """How often a step is made in a second."""
    step()
    done, start = 0, time.perf_counter()
    while (passed := time.perf_counter() - start) < SECONDS:
        step()
        done += 1
    return done / passed


def points(model, n):
    x = np.linspace(-1, 1, n)
    return x, 3 * x + 2 if model == "linear" else 1.5 * x * x - 2 * x + 0.5


def numpy_fit(model, n, kind):
    x, y = (a.astype(kind) for a in points(model, n))
    parameters = [kind(v) for v in START[model]]
    powers = [x, None] if model == "linear" else [x * x, x, None]  # None stands for ones
    error, part, scale = np.empty_like(x), np.empty_like(x), kind(0.2 / n)

    def step():
        np.multiply(powers[0], parameters[0], out=error)
        for power, p in zip(powers[1:-1], parameters[1:-1]):
            np.multiply(power, p, out=part)
            np.add(error, part, out=error)
        np.add(error, parameters[-1], out=error)
        np.subtract(error, y, out=error)
        for i, power in enumerate(powers):
            parameters[i] -= scale * (error.sum() if power is None else np.dot(error, power))
        return np.dot(error, error) / n

    return rate(step)


def torch_fit(model, n, kind):
    x, y = (torch.from_numpy(a).to(kind) for a in points(model, n))
    parameters = [torch.tensor(v, dtype=kind, requires_grad=True) for v in START[model]]
    optimizer = torch.optim.SGD(parameters, lr=0.1)

    def step():
        if model == "linear":
            prediction = parameters[0] * x + parameters[1]
        else:
            prediction = parameters[0] * (x * x) + parameters[1] * x + parameters[2]
        optimizer.zero_grad()
        ((prediction - y) ** 2).mean().backward()
        optimizer.step()

    return rate(step)


def numpy_network(kind):
    random = np.random.default_rng(1)
    x, labels = random.random((128, 784)).astype(kind), random.integers(0, 10, 128)
    w1, b1 = (random.standard_normal((784, 128)) * 0.05).astype(kind), np.zeros(128, kind)
    w2, b2 = (random.standard_normal((128, 10)) * 0.05).astype(kind), np.zeros(10, kind)
    learning, rows = kind(0.01), np.arange(128)

    def step():
        hidden = x @ w1 + b1
        on = hidden > 0
        hidden *= on
        z = hidden @ w2 + b2
        z -= z.max(1, keepdims=True)
        np.exp(z, out=z)
        z /= z.sum(1, keepdims=True)
        loss = -np.log(z[rows, labels]).mean()
        z[rows, labels] -= 1
        z *= kind(1 / 128)
        back = (z @ w2.T) * on
        for w, d in ((w2, hidden.T @ z), (b2, z.sum(0)), (w1, x.T @ back), (b1, back.sum(0))):
            w -= learning * d
        return loss

    return 128 * rate(step)


def torch_network(kind):
    torch.manual_seed(2)
    x, labels = torch.rand(128, 784, dtype=kind), torch.randint(0, 10, (128,))
    net = torch.nn.Sequential(torch.nn.Linear(784, 128), torch.nn.ReLU(), torch.nn.Linear(128, 10)).to(kind)
    optimizer, loss = torch.optim.SGD(net.parameters(), lr=0.01), torch.nn.CrossEntropyLoss()

    def step():
        optimizer.zero_grad()
        loss(net(x), labels).backward()
        optimizer.step()

    return 128 * rate(step)


def torch_images(kind):
    torch.manual_seed(3)
    x, labels, nn = torch.randn(64, 1, 28, 28, dtype=kind), torch.randint(0, 10, (64,)), torch.nn
    net = nn.Sequential(
        nn.Conv2d(1, 16, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(16, 32, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
        nn.Flatten(), nn.Linear(32 * 49, 10)).to(kind)
    optimizer, loss = torch.optim.SGD(net.parameters(), lr=0.01), nn.CrossEntropyLoss()

    def step():
        optimizer.zero_grad()
        loss(net(x), labels).backward()
        optimizer.step()

    return 64 * rate(step)


def torch_chain(length):
    x = torch.tensor(1.0, dtype=torch.float64, requires_grad=True)

    def step():
        h = x
        for _ in range(length // 2):
            h = h * 1.0000001 + 1e-9
        h.backward()

    return length * rate(step)


def torch_build(length):
    """Making the nodes alone, which PyTorch does as it computes them."""
    x, factor, term = (torch.tensor(v, dtype=torch.float64, requires_grad=True) for v in (1.0, 1.0000001, 1e-9))

    def step():
        h = x
        for _ in range(length // 2):
            h = h * factor + term

    return length * rate(step)


def ours():
    """Runs our benchmark; gives each case's figure, a rate."""
    environment = os.environ | {"GOMAXPROCS": "1"}
    cases = "^Benchmark(Peers|Build)$/^(linear|quadratic|mlp|images|chain|build)"
    command = [GO, "test", "-run", "^$", "-bench", cases, "-benchtime", f"{SECONDS}s", "./graph"]
    text = subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout
    found = {}
    for name, figures in re.findall(r"^Benchmark(?:Peers|Build)/(\S+?)(?:-\d+)?\s+\d+\s+(.*)$", text, re.M):
        for value, unit in re.findall(r"([\d.]+) (steps/s|samples/s|ns/op-of-chain)", figures):
            found[name] = 1e9 / float(value) if unit.startswith("ns") else float(value)
    return found


def peers(case):
    """NumPy's and PyTorch's figures for a case; None where they have no such case."""
    name, kind = case.split("/")
    numpy_kind, torch_kind = KINDS[kind]
    model, _, size = name.partition("_")
    if name == "mlp":
        return numpy_network(numpy_kind), torch_network(torch_kind)
    if name == "images":
        return None, torch_images(torch_kind)
    if model in ("chain", "build"):
        return None, {"chain": torch_chain, "build": torch_build}[model](int(size))
    if size in ("n1m_limit", "n1m_read"):
        return None, None
    n = {"n100": 100, "n1m": 1_000_000}[size]
    return numpy_fit(model, n, numpy_kind), torch_fit(model, n, torch_kind)


def live():
    """Runs our benchmark of live figures; says what they cost a training, and whether that may be."""
    command = [GO, "test", "-run", "^$", "-bench", "^BenchmarkLive$", "-benchtime", "10s", "./display"]
    text = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    print(f"{'10,000 steps, watched':24} {'ms':>10} {'slower by %':>12} {'KB/s':>8}   (targets: 5 %, 200 KB/s)")
    for name, figures in re.findall(r"^BenchmarkLive/(\S+?)(?:-\d+)?\s+\d+\s+(.*)$", text, re.M):
        found = {unit: float(value) for value, unit in re.findall(r"(-?[\d.]+) (\S+)", figures)}
        slower, sent = found["%/slower"], found["KB/s"]
        print(f"{name:24} {found['ms/watched']:10.1f} {slower:12.1f} {sent:8.1f}   {'kept' if slower <= 5 and sent <= 200 else 'MISSED'}")


def best(a, b):
    return b if a is None else a if b is None else max(a, b)


def main():
    table = {}
    for _ in range(ROUNDS):
        for case, value in ours().items():
            row = table.setdefault(case, [None, None, None])
            row[:] = map(best, row, (value, *peers(case)))
    print(f"{'per second, one thread':24} {'gradbook':>14} {'numpy':>14} {'pytorch':>14}   gradbook is so many times as fast")
    for case, row in table.items():
        figures = " ".join("-".rjust(14) if v is None else f"{v:14,.0f}" for v in row)
        ratios = [row[0] / v if v else None for v in row[1:]]
        said = ", ".join(f"{'?' if r is None else f'{r:.1f}'}" for r in ratios)
        verdicts = ["kept" if r >= t else "MISSED" for r, t in zip(ratios, TARGETS.get(case, (0, 0))) if r and t]
        print(f"{case:24} {figures}   {said}" + "".join(f"  target {v}" for v in verdicts))
    line, limit, read = (table.get(f"linear_n1m{what}/f64") for what in ("", "_limit", "_read"))
    if line and limit and read:
        print(f"a million points: {line[0] / read[0]:.2f} of reading them once")
        print(f"a million points: {line[0] / limit[0]:.2f} of the step written by hand, target 0.75: {'kept' if line[0] >= 0.75 * limit[0] else 'MISSED'}")
    live()


if __name__ == "__main__":
    main()
