"""Times each layer of the hybrid alone in PyTorch; prints one JSON line like ECGLens's --layers.

python layers.py --batch 32 --threads 2 --layout channels_last

Every layer gets an input of the shape that it has in the network, and a gradient of ones. A
normalisation is timed with the sum and the ReLU behind it. Layers of one shape are timed once.
Small activations, dropout, the average pool and the concatenation are left out.
"""

import statistics
import time

import common


def arguments():
    parser = common.parser(__doc__)
    parser.add_argument("--layout", choices=["default", "channels_last"], default="default")
    parser.set_defaults(repeats=3, seconds=0)
    return parser.parse_args()


def inputs_of(torch, model, images):
    """The shape that each layer reads, by name, in the order of the forward pass."""
    found = {}

    def note(name):
        return lambda module, given, _: found.__setitem__(name, (module, given[0].shape))

    leaves = [(n, m) for n, m in model.named_modules() if not list(m.children())]
    hooks = [module.register_forward_hook(note(name)) for name, module in leaves]
    with torch.no_grad():
        model(images)
    for hook in hooks:
        hook.remove()
    return found


def kind_of(torch, module):
    nn = torch.nn
    kinds = {
        nn.Conv2d: "convolution",
        nn.BatchNorm2d: "batch-normalization",
        nn.BatchNorm1d: "batch-normalization",
        nn.MaxPool2d: "max-pool",
        nn.Linear: "linear",
    }
    return kinds.get(type(module))


def body(torch, name, module, x):
    """What the layer computes, as a function, and what its gradients are taken of."""
    wanted = [p for p in module.parameters() if p.requires_grad]
    if not name.endswith(("spatial.conv1", "fc01")):
        wanted.append(x.requires_grad_())
    last = name.rsplit(".", 1)[-1]
    if isinstance(module, torch.nn.BatchNorm2d) and last == "bn1":
        return lambda: torch.relu_(module(x)), wanted
    if isinstance(module, torch.nn.BatchNorm2d) and last == "bn2":
        other = torch.randn_like(x).requires_grad_()
        return lambda: torch.relu_(module(x).add_(other)), [*wanted, other]
    return lambda: module(x), wanted


def timed(torch, forward, wanted, repeats):
    """Median milliseconds of the forward and of the backward pass."""
    times = []
    for repeat in range(repeats + 1):
        start = time.perf_counter()
        y = forward()
        middle = time.perf_counter()
        gradient = torch.ones_like(y)
        begin = time.perf_counter()
        torch.autograd.grad(y, wanted, gradient)
        if repeat > 0:
            times.append((middle - start, time.perf_counter() - begin))
    return [round(statistics.median(v) * 1e3, 4) for v in zip(*times)]


def update(torch, model, repeats):
    optimiser = torch.optim.Adam(model.parameters(), lr=1e-4, fused=True)
    for parameter in model.parameters():
        parameter.grad = torch.randn_like(parameter)
    return statistics.median(common.measure(optimiser.step, 0, repeats))


def main():
    options = arguments()
    torch = common.pytorch(options.threads)
    layout = torch.channels_last if options.layout == "channels_last" else torch.contiguous_format
    model = common.network(options.side).to(memory_format=layout).train()
    images = torch.randn(options.batch, 3, options.side, options.side)
    known, layers = {}, []
    for name, (module, shape) in inputs_of(torch, model, images).items():
        kind = kind_of(torch, module)
        if kind is None:
            continue
        place = name.rsplit(".", 1)[-1] if kind == "batch-normalization" else ""
        same = (repr(module), tuple(shape), place)
        if same not in known:
            x = torch.randn(shape)
            if x.dim() == 4:
                x = x.contiguous(memory_format=layout)
            known[same] = timed(torch, *body(torch, name, module, x), options.repeats)
        forward, backward = known[same]
        layers.append(dict(name=name, kind=kind, prepare=0, forward=forward, backward=backward))
    common.report(layers=layers, update=update(torch, model, options.repeats))


if __name__ == "__main__":
    main()
