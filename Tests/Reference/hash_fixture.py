"""hash.json: bits of a few hashed numbers, for the Swift twin of hashed.py."""

import numpy as np

import hashed


def float_bits(values):
    return [int(v) for v in np.asarray(values, np.float32).ravel().view(np.uint32)]


def make():
    described = [
        ("plain", (8,), 1.0, 0.0),
        ("", (3,), 1.0, 0.0),
        ("scaled", (2, 3), 0.37, 0.0),
        ("shifted", (7,), 0.1, 1.0),
        ("Ärzte/µV", (4,), 2.5, -3.0),
    ]
    named = [
        ("spatial.conv1.weight", (64, 3, 7, 7)),
        ("spatial.bn1.weight", (64,)),
        ("spatial.bn1.bias", (64,)),
        ("spatial.bn1.running_mean", (64,)),
        ("spatial.bn1.running_var", (64,)),
        ("spatial.bn1.num_batches_tracked", ()),
        ("fc02.weight", (512, 1024)),
        ("fc02.bias", (512,)),
    ]
    images = hashed.images("hash.images", 2, 21)
    return {
        "tensors": [
            {
                "tensor": {
                    "name": name,
                    "shape": list(shape),
                    "scale": float(np.float32(scale)),
                    "offset": offset,
                },
                "bits": float_bits(hashed.tensor(name, shape, scale, offset)),
            }
            for name, shape, scale, offset in described
        ],
        "parameters": [
            {
                "name": name,
                "shape": list(shape),
                "bits": float_bits(hashed.parameter(name, shape))[:8],
            }
            for name, shape in named
        ],
        "images": {
            "name": "hash.images",
            "count": 2,
            "side": 21,
            "first": float_bits(images)[:30],
            "sketch": hashed.sketch("hash.images", images),
        },
        "labels": {
            "name": "hash.labels",
            "labels": [int(v) for v in hashed.labels("hash.labels", 32)],
        },
        "sketch": hashed.sketch("sketch", hashed.tensor("sketch", (5000,))),
        "indices": [int(v) for v in hashed.sample_indices("sketch", 96, 5000)],
    }
