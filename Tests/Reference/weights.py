"""Makes Tests/Fixtures/weights/*: small files by the reference writer, and torchvision's names.

Run: python Tests/Reference/weights.py   (torch, torchvision, safetensors)
"""

import json
import pathlib

import torch
import torchvision
from safetensors.torch import save_file

FOLDER = pathlib.Path(__file__).resolve().parent.parent / "Fixtures" / "weights"
FOLDER.mkdir(parents=True, exist_ok=True)


def quarters(count, dtype):
    """0, 1/4, 1/2, ... or whole numbers: exact in every type."""
    whole = torch.arange(count)
    return (whole / 4 - 1).to(dtype) if dtype.is_floating_point else whole.to(dtype)


types = {
    "f64": torch.float64, "f32": torch.float32, "f16": torch.float16, "bf16": torch.bfloat16,
    "i64": torch.int64, "i32": torch.int32, "u8": torch.uint8,
}
every = {name: quarters(6, dtype).reshape(2, 3) for name, dtype in types.items()}
every["scalar"] = torch.tensor(7, dtype=torch.int64)
every["empty"] = torch.zeros(0, 4)
every["ünïcode \"quoted\""] = torch.tensor([0.1, 65504.0, 1e-40])
save_file(every, FOLDER / "types.safetensors", metadata={"format": "pt", "a\nb": "\\"})

single = {"conv.weight": quarters(8, torch.float32).reshape(2, 1, 2, 2),
          "conv.zero": quarters(3, torch.float32)}
save_file(single, FOLDER / "single.safetensors", metadata={"format": "pt"})
save_file({"conv.flag": torch.tensor([True])}, FOLDER / "boolean.safetensors")

# The first bytes of PyTorch's own two formats, which are refused.
torch.save({"w": torch.zeros(1)}, FOLDER / "zip.pth")
torch.save({"w": torch.zeros(1)}, FOLDER / "pickle.pth", _use_new_zipfile_serialization=False)

state = torchvision.models.resnet18(weights=None).state_dict()
(FOLDER / "resnet18.json").write_text(
    "[\n" + ",\n".join(json.dumps({"name": k, "shape": list(v.shape)}, separators=(",", ":"))
                       for k, v in state.items()) + "\n]\n")

for path in sorted(FOLDER.iterdir()):
    print(path.name, path.stat().st_size, "bytes")
