"""gradcam.json: Grad-CAM of the hashed hybrid in evaluation mode, in float64.

The raw map is the sum over channels of the stage's output times the mean of its gradient; the map
is the raw map's positive part. A target is a weight for each logit; both stages' outputs are those
after their last ReLU. Where the package `grad-cam` is installed, the script checks its maps too.
"""

import torch

import hashed
import network

STAGES = ["layer3", "layer4"]
TARGETS = {
    "normal": [1.0, 0.0, 0.0, 0.0],
    "abnormal": [0.0, 1.0, 0.0, 0.0],
    "hmi": [0.0, 0.0, 1.0, 0.0],
    "mi": [0.0, 0.0, 0.0, 1.0],
    "hmi-normal": [-1.0, 0.0, 1.0, 0.0],
}
# A map jumps where a value before a ReLU changes its sign. No value of stage 4 lies nearer to zero than
# 4e-4 in these images.
IMAGES = ("gradcam.images.7", 2, 227)


def attributions(model, x, stage, weights):
    """The stage's output, its gradient and the raw map, for one image."""
    outputs = []
    module = getattr(model.spatial, stage)
    hook = module.register_forward_hook(lambda _, __, y: outputs.append(y))
    logits = model(x)
    hook.remove()
    target = (logits * torch.tensor(weights, dtype=x.dtype)).sum()
    (gradient,) = torch.autograd.grad(target, outputs[0])
    activation = outputs[0].detach()
    raw = (gradient.mean((2, 3), keepdim=True) * activation).sum(1)
    return activation[0], gradient[0], raw[0]


def check_against_package(model, x, stage, weights, raw):
    """The package's own map, from its weights and activations, before its scaling; or None."""
    try:
        from pytorch_grad_cam import GradCAM
    except ImportError:
        return None

    class Target:
        def __call__(self, output):
            return (output * torch.tensor(weights, dtype=output.dtype)).sum()

    layer = getattr(model.spatial, stage)
    with GradCAM(model=model, target_layers=[layer]) as cam:
        cam(input_tensor=x.clone(), targets=[Target()])
        activation = cam.activations_and_grads.activations[0].numpy()
        gradient = cam.activations_and_grads.gradients[0].numpy()
        theirs = cam.get_cam_image(x, layer, [Target()], activation, gradient, False)
    theirs = torch.from_numpy(theirs)[0].to(raw.dtype)
    return ((theirs - raw).norm() / raw.norm()).item()


def make():
    torch.set_num_threads(1)
    models = {d: network.hashed_network(dtype=d).eval() for d in (torch.float64, torch.float32)}
    images = torch.from_numpy(hashed.images(*IMAGES)).double()
    maps, package = [], []
    for image in range(IMAGES[1]):
        for stage in STAGES:
            for name, weights in TARGETS.items():
                x = images[image : image + 1]
                activation, gradient, raw = attributions(models[x.dtype], x, stage, weights)
                single = attributions(models[torch.float32], x.float(), stage, weights)
                package.append(check_against_package(models[x.dtype], x, stage, weights, raw))
                key = f"gradcam.{image}.{stage}.{name}"
                maps.append(
                    {
                        "image": image,
                        "stage": stage,
                        "target": name,
                        "weights": weights,
                        "shape": list(raw.shape),
                        "float32Distance": hashed.rounded(
                            ((single[2].double() - raw).norm() / raw.norm()).item(), 3
                        ),
                        "raw": [hashed.rounded(v, 9) for v in raw.flatten()],
                        "map": [hashed.rounded(v, 9) for v in raw.clamp_min(0).flatten()],
                        "activation": hashed.sketch(f"{key}.activation", activation.numpy(), 16),
                        "gradient": hashed.sketch(f"{key}.gradient", gradient.numpy(), 16),
                    }
                )
    checked = [d for d in package if d is not None]
    print(
        f"grad-cam's maps differ by at most {max(checked):.1e}"
        if checked
        else "grad-cam is not installed: its maps were not checked"
    )
    return {
        "specification": network.specification(),
        "images": dict(zip(("name", "count", "side"), IMAGES)),
        "maps": maps,
    }
