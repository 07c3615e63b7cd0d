"""Answers for one JPEG page from a saved checkpoint; prints one JSON line.

python predict.py PAGE --runtime onnxruntime --model startup.onnx
"""

import argparse
import json
from pathlib import Path

import common
import pages


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("page")
    parser.add_argument("--runtime", choices=["pytorch", "onnxruntime", "openvino"], required=True)
    parser.add_argument("--model", required=True, help="made by export.py: .pt for PyTorch")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--side", type=int, default=227)
    options = parser.parse_args()
    if options.runtime == "pytorch":
        torch = common.pytorch(options.threads)
        model = torch.jit.load(options.model)
        images = torch.from_numpy(pages.planes(pages.square(options.page, options.side)))
        # Without measuring first what could be optimised: it is run once.
        with torch.inference_mode(), torch.jit.optimized_execution(False):
            logits = model(images)[0].tolist()
    else:
        common.limit_threads(options.threads)
        import runtimes

        if options.runtime == "onnxruntime":
            run, _ = runtimes.onnxruntime(options.model, options.threads)
        else:
            cache = Path(options.model).parent / "openvino-cache"
            run, _ = runtimes.openvino(options.model, options.threads, "f32", cache)
        logits = run(pages.planes(pages.square(options.page, options.side)))[0].tolist()
    print(json.dumps({"logits": logits}), flush=True)


if __name__ == "__main__":
    main()
