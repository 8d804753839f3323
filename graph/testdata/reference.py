"""Writes reference.json: operands and results of operations, computed by NumPy alone.

    python reference.py > reference.json

The operands come from a generator with a fixed seed, so that the file can be made again.
What NumPy has no function for is written here from its definition."""

import json
import math

import numpy as np

random = np.random.default_rng(20261128)
cases = []
erf = np.vectorize(math.erf)


def case(name, f, *operands):
    """Adds a case. An operand is a shape, of which normal numbers are drawn, or an array."""
    arrays = [random.standard_normal(o).round(3) + 1e-4 if isinstance(o, tuple) else np.asarray(o, float) for o in operands]
    result = np.asarray(f(*arrays), float)
    as_json = lambda a: {"shape": list(a.shape), "data": a.ravel().tolist()}
    cases.append({"name": name, "operands": [as_json(a) for a in arrays], "result": as_json(result)})


def softmax(x, axis):
    e = np.exp(x - x.max(axis, keepdims=True))
    return e / e.sum(axis, keepdims=True)


def huber(a, b):
    e = np.abs(a - b)
    return np.where(e <= 0.7, e * e / 2, 0.7 * (e - 0.35)).mean()


def convolution(images, filters, stride, padding):
    images = np.pad(images, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    height, width = filters.shape[2:]
    out = np.zeros((len(images), len(filters), (images.shape[2] - height) // stride + 1, (images.shape[3] - width) // stride + 1))
    for y in range(out.shape[2]):
        for x in range(out.shape[3]):
            patch = images[:, :, y * stride : y * stride + height, x * stride : x * stride + width]
            out[:, :, y, x] = np.einsum("bchw,fchw->bf", patch, filters)
    return out


def pool(images, size):
    b, c, h, w = images.shape
    images = images[:, :, : h // size * size, : w // size * size]
    return images.reshape(b, c, h // size, size, w // size, size).max((3, 5))


M, V, B = (4, 5), (5,), (2, 3, 4)
positive = np.array([[0.2, 1.5, 3], [0.7, 2, 0.01]])
for name, f in {
    "add": np.add, "subtract": np.subtract, "multiply": np.multiply, "divide": np.divide, "maximum": np.maximum,
    "minimum": np.minimum, "greater": np.greater, "greaterequal": np.greater_equal, "less": np.less,
    "lessequal": np.less_equal, "equal": np.equal,
}.items():
    case(name, f, M, V)
    case(name, f, (4, 1), V)
    case(name, f, [1, 2, 3], [3, 2, 1])
    case(name, f, (9, 31), (9, 31))
for name, f in {
    "negate": np.negative, "square": np.square, "exp": np.exp, "tanh": np.tanh, "abs": np.abs, "sin": np.sin, "cos": np.cos,
    "expm1": np.expm1, "sigmoid": lambda x: 1 / (1 + np.exp(-x)), "relu": lambda x: np.maximum(x, 0),
    "softplus": lambda x: np.logaddexp(x, 0), "erf": erf, "gelu": lambda x: x * 0.5 * (1 + erf(x / math.sqrt(2))),
    "leakyrelu": lambda x: np.where(x > 0, x, 0.1 * x), "clip": lambda x: np.clip(x, -0.5, 0.8),
}.items():
    case(name, f, M)
    case(name, f, (203,))
case("softplus", lambda x: np.logaddexp(x, 0), [-800, -40, 0, 40, 800])
case("expm1", np.expm1, [1e-12, -1e-12, 0])
for name, f in {"log": np.log, "log1p": np.log1p, "sqrt": np.sqrt, "power": lambda x: x**2.5}.items():
    case(name, f, positive)
case("where", np.where, [[1, 0, 1], [0, 1, 0]], (2, 3), (3,))
for name, f in {"sum": np.sum, "mean": np.mean, "max": np.max, "min": np.min, "variance": np.var}.items():
    case(name, lambda x: f(x), M)
    case(name + "0", lambda x: f(x, axis=0), B)
    case(name + "1", lambda x: f(x, axis=1), B)
    case(name + "2", lambda x: f(x, axis=-1), B)
    case(name + "02", lambda x: f(x, axis=(0, 2)), B)
case("logsumexp", lambda x: np.log(np.exp(x).sum()), M)
case("logsumexp1", lambda x: np.log(np.exp(x).sum(1)), B)
case("logsumexp", lambda x: 1000 + math.log(2), [1000, 1000])
case("argmax1", lambda x: x.argmax(1), B)
case("argmax2", lambda x: x.argmax(2), B)
case("softmax1", lambda x: softmax(x, 1), B)
case("softmax2", lambda x: softmax(x, 2), B)
case("logsoftmax2", lambda x: np.log(softmax(x, 2)), B)
case("normalize2", lambda x: (x - x.mean(2, keepdims=True)) / np.sqrt(x.var(2, keepdims=True) + 1e-5), B)
case("crossentropy", lambda x, t: -(t * np.log(softmax(x, 1))).sum(1).mean(), (3, 4), softmax(random.standard_normal((3, 4)), 1))
case("crossentropy", lambda x, t: -np.log(softmax(x, 1))[range(3), t.astype(int)].mean(), (3, 4), [2, 0, 3])
case("binarycrossentropy", lambda x, t: -(t * np.log(1 / (1 + np.exp(-x))) + (1 - t) * np.log(1 / (1 + np.exp(x)))).mean(), (6,), [0, 1, 1, 0, 0.3, 1])
case("huber", huber, M, M)
for a, b in (((3, 4), (4, 5)), ((4,), (4, 5)), ((3, 4), (4,)), ((4,), (4,)), (B, (4, 5)), (B, (2, 4, 5)), ((6, 3), (2, 3, 4)), ((19, 70), (70, 35))):
    case("matmul", np.matmul, a, b)
case("transpose", np.transpose, B)
case("reshape", lambda x: x.reshape(6, 4), B)
case("slice", lambda x: x[:, 1:3], B)
case("pad", lambda x: np.pad(x, ((0, 0), (2, 1), (0, 0))), B)
case("concat", lambda a, b, c: np.concatenate([a, b, c], 1), (2, 3, 4), (2, 1, 4), (2, 2, 4))
case("gather", lambda x, i: x[i.astype(int)], (5, 3), [[4, 0], [0, 2]])
case("conv2d11", lambda x, f: convolution(x, f, 1, 1), (2, 3, 5, 6), (4, 3, 3, 3))
case("conv2d20", lambda x, f: convolution(x, f, 2, 0), (2, 2, 7, 6), (3, 2, 3, 2))
case("maxpool", lambda x: pool(x, 2), (2, 3, 5, 6))
print("[" + ",\n".join(json.dumps(c) for c in cases) + "]")
