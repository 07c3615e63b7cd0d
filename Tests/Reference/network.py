"""The networks in PyTorch, with the names that ECGLens writes to safetensors.

hybrid         ResNet-18's trunk (`spatial.` + torchvision's names), `adapter` (1x1, 512 -> 224) and
               adaptive average pool to 2x2, beside `fc01`, `bn01`, `conv04`, `conv05` on the
               flattened pixels; neck `conv07` on the concatenation, head `fc02`, dropout, `fc03`.
               LeakyReLU 0.1 after bn01, conv04, conv05, conv07 and fc02. conv04's output joins the
               concatenation beside conv05's (the global skip).
spatial-only   the neck reads the spatial part alone (224 channels)
global-only    the neck reads the global part alone (96 channels)
resnet18       the trunk, global average pool, `fc` (512 -> 4)
plain-cnn      ResNet-18's trunk without its shortcuts, one list of layers `features.N`:
                 0 convolution 7x7 stride 2 padding 3, 3 -> 64; 1 BatchNorm; 2 ReLU;
                 3 max pool 3x3 stride 2 padding 1;
                 then sixteen times convolution 3x3 padding 1, BatchNorm, ReLU at 4 + 3i, 5 + 3i,
                 6 + 3i: four of 64, 128, 256 and 512 channels, the first of each four but the
                 first with stride 2; no convolution has a bias;
               global average pool, `fc` (512 -> 4)
"""

import torch
import torchvision
from torch import nn
from torch.nn import functional as F

import hashed

KINDS = ["hybrid", "spatial-only", "global-only", "resnet18", "plain-cnn"]


def leaky(x):
    return F.leaky_relu(x, 0.1)


class Trunk(nn.Module):
    """torchvision's ResNet-18 without pool and fc."""

    def __init__(self):
        super().__init__()
        for name, module in torchvision.models.resnet18(weights=None).named_children():
            if name not in ("avgpool", "fc"):
                self.add_module(name, module)

    def forward(self, x):
        for module in self.children():
            x = module(x)
        return x


class Dual(nn.Module):
    """hybrid and its parts."""

    def __init__(self, side, classes, spatial=True, global_=True, skip=True, dropout=0.3):
        super().__init__()
        self.skip, neck = skip, 0
        self.spatial = self.fc01 = None
        if spatial:
            self.spatial = Trunk()
            self.adapter = nn.Conv2d(512, 224, 1)
            neck += 224
        if global_:
            self.fc01 = nn.Linear(3 * side * side, 16)
            self.bn01 = nn.BatchNorm1d(16)
            self.conv04 = nn.Conv2d(1, 32, 3)
            self.conv05 = nn.Conv2d(32, 64, 3, padding=1)
            neck += 96 if skip else 64
        self.conv07 = nn.Conv2d(neck, 256, 1)
        self.fc02 = nn.Linear(1024, 512)
        self.dropout = nn.Dropout(dropout)
        self.fc03 = nn.Linear(512, classes)

    def forward(self, x):
        parts = []
        if self.spatial is not None:
            parts.append(F.adaptive_avg_pool2d(self.adapter(self.spatial(x)), 2))
        if self.fc01 is not None:
            grid = leaky(self.bn01(self.fc01(x.flatten(1)))).view(-1, 1, 4, 4)
            first = leaky(self.conv04(grid))
            second = leaky(self.conv05(first))
            parts += [first, second] if self.skip else [second]
        neck = leaky(self.conv07(torch.cat(parts, 1)))
        return self.fc03(self.dropout(leaky(self.fc02(neck.flatten(1)))))


class ResNet18(nn.Module):
    def __init__(self, classes):
        super().__init__()
        self.spatial = Trunk()
        self.fc = nn.Linear(512, classes)

    def forward(self, x):
        return self.fc(self.spatial(x).mean((2, 3)))


class PlainCNN(nn.Module):
    def __init__(self, classes):
        super().__init__()
        layers = [nn.Conv2d(3, 64, 7, 2, 3, bias=False), nn.BatchNorm2d(64), nn.ReLU()]
        layers.append(nn.MaxPool2d(3, 2, 1))
        inputs = 64
        for outputs in (64, 128, 256, 512):
            for i in range(4):
                stride = 2 if i == 0 and outputs > 64 else 1
                layers.append(nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False))
                layers += [nn.BatchNorm2d(outputs), nn.ReLU()]
                inputs = outputs
        self.features = nn.Sequential(*layers)
        self.fc = nn.Linear(512, classes)

    def forward(self, x):
        return self.fc(self.features(x).mean((2, 3)))


def build(kind="hybrid", side=227, skip=True, dropout=0.3, classes=4):
    if kind == "resnet18":
        return ResNet18(classes)
    if kind == "plain-cnn":
        return PlainCNN(classes)
    return Dual(side, classes, kind != "global-only", kind != "spatial-only", skip, dropout)


def hashed_network(kind="hybrid", side=227, skip=True, dtype=torch.float64):
    """A network without dropout whose tensors follow from their names."""
    network = build(kind, side, skip, dropout=0.0).to(dtype)
    with torch.no_grad():
        for name, tensor in network.state_dict().items():
            tensor.copy_(torch.from_numpy(hashed.parameter(name, tensor.shape)))
    return network


def specification(kind="hybrid", side=227, skip=True):
    """The keys of `NetworkSpecification`."""
    return {
        "kind": kind,
        "inputSide": side,
        "globalSkip": skip,
        "dropout": 0.3,
        "classes": 4,
    }
