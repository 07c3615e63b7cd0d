"""Measures onnxruntime or OpenVINO on the hybrid network; prints one JSON line.

python inference.py --runtime openvino --precision f32 --model hybrid-b32.onnx --batch 32
"""

import importlib

import common
import runtimes


def main():
    parser = common.parser(__doc__)
    parser.add_argument("--runtime", choices=["onnxruntime", "openvino"], required=True)
    parser.add_argument("--precision", choices=["f32"], help="of OpenVINO; its own when left out")
    parser.add_argument("--model", required=True, help="made by export.py for this batch")
    options = parser.parse_args()
    common.limit_threads(options.threads)
    import numpy

    importlib.import_module(options.runtime)
    common.libraries_imported()
    if options.runtime == "onnxruntime":
        run, precision = runtimes.onnxruntime(options.model, options.threads)
    else:
        run, precision = runtimes.openvino(options.model, options.threads, options.precision)
    shape = (options.batch, 3, options.side, options.side)
    images = numpy.random.default_rng(0).standard_normal(shape, dtype=numpy.float32)
    milliseconds = common.measure(lambda: run(images), options.seconds, options.repeats)
    common.report(milliseconds=milliseconds, precision=precision)


if __name__ == "__main__":
    main()
