"""Numbers from one integer hash, the same bits here and in Tests/Support/HashedTensors.swift.

Element i of the numbers called NAME is output i of a SplitMix64 generator whose state is the
64-bit FNV-1a of NAME's UTF-8. Its upper 24 bits give u, a multiple of 2^-23 in [-1, 1).
"""

import math

import numpy as np

GOLDEN = 0x9E3779B97F4A7C15


def fnv1a(name):
    key = 0xCBF29CE484222325
    for byte in name.encode():
        key = ((key ^ byte) * 0x100000001B3) & 0xFFFFFFFFFFFFFFFF
    return key


def bits(name, count):
    """`count` numbers of 64 bits."""
    with np.errstate(over="ignore"):
        z = np.arange(1, count + 1, dtype=np.uint64) * np.uint64(GOLDEN) + np.uint64(fnv1a(name))
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        return z ^ (z >> np.uint64(31))


def units(name, count):
    """`count` multiples of 2^-23 in [-1, 1), float32."""
    upper = (bits(name, count) >> np.uint64(40)).astype(np.int64)
    return (upper - (1 << 23)).astype(np.float32) * np.float32(2.0**-23)


def tensor(name, shape, scale=1.0, offset=0.0):
    """offset + scale * u, each operation rounded to float32."""
    scaled = np.float32(scale) * units(name, math.prod(shape))
    return (np.float32(offset) + scaled).reshape(shape)


def parameter(name, shape):
    """A network's tensor by its PyTorch name, parameters and buffers alike."""
    shape = tuple(shape)
    if len(shape) > 1:
        return tensor(name, shape, math.sqrt(6 / math.prod(shape[1:])))
    if name.endswith("num_batches_tracked"):
        return np.zeros(shape, np.float32)
    about_one = name.endswith(("weight", "running_var"))
    return tensor(name, shape, 0.1, 1.0 if about_one else 0.0)


def images(name, count, side):
    """[count, 3, side, side]: 1.5 x a number for each 8 x 8 block + 0.5 x one for each pixel."""
    blocks = (side + 7) // 8
    coarse = np.float32(1.5) * units(name + ".coarse", count * 3 * blocks * blocks)
    fine = np.float32(0.5) * units(name + ".fine", count * 3 * side * side)
    at = np.arange(side) // 8
    coarse = coarse.reshape(count, 3, blocks, blocks)[:, :, at][:, :, :, at]
    return coarse + fine.reshape(count, 3, side, side)


def labels(name, count):
    """Labels 0..3, from the upper two bits."""
    return (bits(name, count) >> np.uint64(62)).astype(np.int64)


def sample_indices(name, kept, count):
    """Where the kept elements of a sketch lie."""
    upper = bits(name + ".sample", kept) >> np.uint64(32)
    return ((upper * np.uint64(count)) >> np.uint64(32)).astype(np.int64)


def sketch(name, values, kept=96, projections=8):
    """What a fixture keeps of a tensor; Tests/Support/TensorSketch.swift reads it.

    Its norm, its projections on vectors of signs (sign k of element i is bit 63 - k of the hash
    NAME.signs at i; 0 is plus), and all elements if there are at most `kept`, else a sample.
    """
    values = np.asarray(values, np.float64).ravel()
    signs = bits(name + ".signs", values.size)
    sums = []
    for k in range(projections):
        negative = (signs >> np.uint64(63 - k)) & np.uint64(1)
        sums.append(float(np.where(negative == 1, -values, values).sum()))
    chosen = values
    if values.size > kept:
        chosen = values[sample_indices(name, kept, values.size)]
    return {
        "count": values.size,
        "norm": float(np.sqrt((values**2).sum())),
        "projections": [rounded(v, 10) for v in sums],
        "values": [rounded(v, 8) for v in chosen],
    }


def rounded(value, digits):
    return float(f"{float(value):.{digits}g}")
