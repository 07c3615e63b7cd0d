"""Measures one setting of PyTorch on the hybrid network; prints one JSON line.

python pytorch.py --task training --batch 32 --threads 2 --layout channels_last --precision bf16

A training step is: gradients to zero, forward with dropout, cross-entropy, backward, fused Adam on
all parameters. With bf16 it runs under autocast with weights in fp32; inference then has weights
and images in bf16.
"""

import common


def arguments():
    parser = common.parser(__doc__)
    parser.add_argument("--task", choices=["training", "inference"], default="training")
    parser.add_argument("--layout", choices=["default", "channels_last"], default="default")
    parser.add_argument("--precision", choices=["fp32", "bf16"], default="fp32")
    parser.add_argument("--mode", choices=["eager", "jit"], default="eager", help="of inference")
    return parser.parse_args()


def training_step(torch, model, x, precision):
    labels = torch.arange(x.shape[0]) % 4
    optimiser = torch.optim.Adam(model.parameters(), lr=1e-4, fused=True)
    model.train()

    def step():
        optimiser.zero_grad(set_to_none=True)
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=precision == "bf16"):
            logits = model(x)
        torch.nn.functional.cross_entropy(logits.float(), labels).backward()
        optimiser.step()

    return step


def inference(torch, model, x, precision, mode):
    model.eval()
    if precision == "bf16":
        model, x = model.bfloat16(), x.bfloat16()
    if mode == "jit":
        with torch.no_grad():
            model = torch.jit.freeze(torch.jit.trace(model, x))

    def step():
        with torch.inference_mode():
            model(x)

    return step


def main():
    options = arguments()
    torch = common.pytorch(options.threads)
    layout = torch.channels_last if options.layout == "channels_last" else torch.contiguous_format
    model = common.network(options.side).to(memory_format=layout)
    x = torch.randn(options.batch, 3, options.side, options.side).contiguous(memory_format=layout)
    if options.task == "training":
        step = training_step(torch, model, x, options.precision)
    else:
        step = inference(torch, model, x, options.precision, options.mode)
    milliseconds = common.measure(
        step, options.seconds, options.repeats, warm=3 if options.mode == "jit" else 2
    )
    common.report(
        milliseconds=milliseconds,
        version=torch.__version__,
        instruction_set=torch.backends.cpu.get_cpu_capability(),
        precision=options.precision,
    )


if __name__ == "__main__":
    main()
