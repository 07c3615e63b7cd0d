"""What the numbers were measured on and with."""

import os
import platform
from datetime import datetime, timezone
from importlib import metadata

from setting import must

PACKAGES = ["torch", "torchvision", "onnxruntime", "openvino", "numpy", "pillow"]


def processor():
    with open("/proc/cpuinfo") as lines:
        for line in lines:
            if line.startswith("model name"):
                return line.split(":", 1)[1].strip()
    return platform.machine()


def versions(setting):
    found = {"ecglens": must(setting.ours("--version")).strip()}
    if setting.peers:
        for package in PACKAGES:
            try:
                found[package] = metadata.version(package)
            except metadata.PackageNotFoundError:
                found[package] = "missing"
        found["python"] = platform.python_version()
    return found


def facts(setting):
    return {
        "processor": processor(),
        "cores": os.cpu_count(),
        "system": f"{platform.system()} {platform.release()}",
        "memory_bytes": os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE"),
        "load_at_start": [round(value, 2) for value in os.getloadavg()],
        "began": datetime.now(timezone.utc).isoformat(timespec="seconds"),
        "versions": versions(setting),
    }


def sentence(facts):
    """The facts that belong below every table and figure."""
    sets = ", ".join(f"{name} for {level}" for name, level in facts["instruction_sets"].items())
    versions = ", ".join(f"{name} {version}" for name, version in facts["versions"].items())
    parts = [f"{facts['processor']}, {facts['cores']} cores", sets, versions]
    return "; ".join(part for part in parts if part)
