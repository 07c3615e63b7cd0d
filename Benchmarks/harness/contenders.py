"""Who is measured, and by which command."""

from dataclasses import dataclass

OURS = "ECGLens"


@dataclass(frozen=True)
class Contender:
    """A program in one setting."""

    name: str
    script: str | None = None  # under peers/; none is ours
    arguments: tuple = ()
    precision: str = "fp32"
    kept: bool = False  # the C library keeps freed memory
    start: float = 0.3  # seconds before it measures

    @property
    def ours(self):
        return self.script is None


def pytorch(name, *arguments, precision="fp32"):
    """The setting as installed and with its memory kept."""
    arguments = ("--precision", precision, *arguments)
    name = f"PyTorch {precision} {name}"
    return [
        Contender(name, "pytorch.py", arguments, precision, start=4),
        Contender(f"{name}, kept", "pytorch.py", arguments, precision, kept=True, start=4),
    ]


def runtime(name, precision, *arguments):
    return Contender(name, "inference.py", ("--runtime", *arguments), precision, start=1)


CHANNELS_LAST = ("--layout", "channels_last")

TRAINING = [
    Contender(OURS),
    *pytorch("default layout"),
    *pytorch("channels_last", *CHANNELS_LAST),
    *pytorch("channels_last", *CHANNELS_LAST, precision="bf16"),
]

INFERENCE = [
    Contender(OURS),
    *pytorch("channels_last", *CHANNELS_LAST),
    *pytorch("jit, channels_last", *CHANNELS_LAST, "--mode", "jit"),
    runtime("onnxruntime", "fp32", "onnxruntime"),
    runtime("OpenVINO f32", "fp32", "openvino", "--precision", "f32"),
    runtime("OpenVINO default", "default", "openvino"),
    pytorch("channels_last", *CHANNELS_LAST, precision="bf16")[1],
]
