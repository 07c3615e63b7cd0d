"""Start-up: from a process's beginning to its answer for one JPEG page from a saved checkpoint."""

import json
import shutil

from contenders import OURS
from plan import Job
from process import PeerFailure, run
from setting import Failure, must
from speed import spread

RUNTIMES = {"PyTorch": "pytorch", "onnxruntime": "onnxruntime", "OpenVINO f32": "openvino"}


class Startup:
    def __init__(self, setting):
        self.setting = setting
        self.threads = max(setting.threads)
        self.run_folder = setting.work / "startup-run"
        self.model = setting.work / "startup.onnx"
        self.seconds = {}  # name -> one a launch
        self.logits = {}

    def jobs(self):
        if "startup" not in self.setting.parts:
            return []
        label = f"start-up, threads {self.threads}: "
        jobs = [Job(label + "preparing a checkpoint", ("startup",), 30, self.prepare)]
        names = [OURS, *(RUNTIMES if self.setting.peers else [])]
        for number in range(self.setting.sizes.launches + 1):
            for name in names:
                launch = lambda name=name, counts=number > 0: self.launch(name, counts)
                jobs.append(Job(label + name, ("startup", name), 2, launch))
        return jobs

    def prepare(self):
        sizes = self.setting.sizes
        shutil.rmtree(self.run_folder, ignore_errors=True)
        must(self.setting.ours(
            "train", self.setting.pages, "--out", self.run_folder, "--quiet", "--draws", 8,
            "--batch", 4, "--epochs", 1, "--recipe", "paper-table3", "--input", sizes.side,
            "--cache", self.setting.work / "cache",
        ))  # fmt: skip
        if self.setting.peers:
            weights = self.run_folder / "last.safetensors"
            self.model.unlink(missing_ok=True)
            run(self.setting.peer(
                "export.py", "--batch", 1, "--side", sizes.side, "--out", self.model, "--weights",
                weights,
            ))  # fmt: skip

    @property
    def page(self):
        if not (found := sorted(self.setting.pages.rglob("*.jpg"))):
            raise Failure(f"{self.setting.pages}: no .jpg in it")
        return found[0]

    def launch(self, name, counts):
        """The first launch of each brings its files into memory and does not count."""
        if name == OURS:
            command = self.setting.ours(
                "predict", self.run_folder, self.page, "--json", "--quiet", "--threads",
                self.threads,
            )  # fmt: skip
        else:
            model = self.model.with_suffix(".pt") if name == "PyTorch" else self.model
            command = self.setting.peer(
                "predict.py", self.page, "--runtime", RUNTIMES[name], "--model", model, "--side",
                self.setting.sizes.side, "--threads", self.threads,
            )  # fmt: skip
        ran = run(command, ours=name == OURS)
        self.logits[name] = ran.answer["logits"]
        if counts:
            self.check(name)
            self.seconds.setdefault(name, []).append(ran.first_line)

    def check(self, name):
        """All of them must have said the same of the page."""
        own, other = self.logits[OURS], self.logits[name]
        if max(abs(a - b) for a, b in zip(own, other)) > 1e-3 * max(map(abs, own)):
            raise PeerFailure(f"{name} says {json.dumps(other)} of the page, ECGLens {own}")

    def results(self):
        entries = [{"name": n, "seconds": spread(v), "runs": v} for n, v in self.seconds.items()]
        for entry in entries[1:]:
            entry["ratio"] = entry["seconds"]["median"] / entries[0]["seconds"]["median"]
        return {"threads": self.threads, "contenders": entries}
