"""Writes saved.safetensors by the library that defines the format: python saved.py"""

import numpy as np
from safetensors.numpy import save_file

save_file({
    "w": np.arange(6, dtype=np.float32).reshape(2, 3) / 4,
    "b": np.array(-0.1),
    "other": np.array([1, 2], dtype=np.int64),
}, "saved.safetensors", metadata={"from": "Python"})
