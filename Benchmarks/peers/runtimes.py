"""Networks from ONNX files in onnxruntime and OpenVINO, with a set number of threads."""


def onnxruntime(model, threads):
    """A function from images (N x 3 x side x side, float32) to logits, and its precision."""
    import onnxruntime

    settings = onnxruntime.SessionOptions()
    settings.intra_op_num_threads = threads
    settings.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(model, settings, providers=["CPUExecutionProvider"])
    name = session.get_inputs()[0].name
    return lambda images: session.run(None, {name: images})[0], "fp32"


def openvino(model, threads, precision=None, cache=None):
    """The same; `precision` is "f32", or OpenVINO's own choice for the machine.

    In the folder `cache` it finds what it compiled before.
    """
    import openvino

    settings = {"INFERENCE_NUM_THREADS": threads, "PERFORMANCE_HINT": "LATENCY"}
    if precision:
        settings["INFERENCE_PRECISION_HINT"] = precision
    if cache:
        settings["CACHE_DIR"] = str(cache)
    compiled = openvino.Core().compile_model(model, "CPU", settings)
    request = compiled.create_infer_request()
    found = compiled.get_property("INFERENCE_PRECISION_HINT").get_type_name()
    return lambda images: request.infer({0: images}, share_inputs=True)[0], found
