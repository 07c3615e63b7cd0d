"""Writes the hybrid network for the other runtimes; prints one JSON line.

python export.py --batch 32 --out hybrid-b32.onnx [--weights last.safetensors]

With --weights also as PyTorch's own program beside it (`.pt`), which starts fastest.
"""

from pathlib import Path

import common


def main():
    parser = common.parser(__doc__)
    parser.add_argument("--out", required=True, help="the ONNX file")
    parser.add_argument("--weights", help="a checkpoint of `ecglens train`")
    options = parser.parse_args()
    torch = common.pytorch(options.threads)
    model = common.network(options.side)
    out = Path(options.out)
    model.eval()
    images = torch.zeros(options.batch, 3, options.side, options.side)
    if options.weights:
        from safetensors.torch import load_file

        model.load_state_dict(load_file(options.weights))
        with torch.no_grad():
            torch.jit.freeze(torch.jit.trace(model, images)).save(str(out.with_suffix(".pt")))
    # Under another name until it is whole: an interrupted export must not be taken for a file.
    part = out.with_name("part-" + out.name)
    torch.onnx.export(
        model, (images,), str(part), input_names=["images"], output_names=["logits"],
        external_data=False, verbose=False,
    )
    part.rename(out)
    common.report(file=str(out))


if __name__ == "__main__":
    main()
