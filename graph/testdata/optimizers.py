"""Writes optimizers.json: what PyTorch's optimisers make of two parameters in ten steps.

    python optimizers.py > optimizers.json

The loss is the sum of w⁴/4 + w²/2 − w over both."""

import json

import torch


def path(make, clip=None):
    w = torch.tensor([1.5, -0.75], dtype=torch.float64, requires_grad=True)
    optimizer = make([w])
    steps = []
    for _ in range(10):
        optimizer.zero_grad()
        (w**4 / 4 + w**2 / 2 - w).sum().backward()
        if clip:  # as clip_grad_norm_, which adds a millionth to the norm
            w.grad *= min(1, clip / w.grad.norm().item())
        optimizer.step()
        steps.append(w.tolist())
    return steps


o = torch.optim
print(json.dumps({
    "gradient descent": path(lambda w: o.SGD(w, lr=0.1)),
    "momentum": path(lambda w: o.SGD(w, lr=0.05, momentum=0.8)),
    "nesterov": path(lambda w: o.SGD(w, lr=0.05, momentum=0.8, nesterov=True)),
    "adagrad": path(lambda w: o.Adagrad(w, lr=0.3)),
    "rmsprop": path(lambda w: o.RMSprop(w, lr=0.05, alpha=0.9)),
    "adam": path(lambda w: o.Adam(w, lr=0.1)),
    "adamw": path(lambda w: o.AdamW(w, lr=0.1, weight_decay=0.2)),
    "decayed": path(lambda w: o.SGD(w, lr=0.1, weight_decay=0.3)),
    "clipped": path(lambda w: o.SGD(w, lr=0.1, momentum=0.8, weight_decay=0.3), clip=1.3),
}, indent=0))
