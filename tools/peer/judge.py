#!/usr/bin/env python3
"""Score images with the bundled classifier, in PyTorch: FD% and accuracy.

    judge.py IMAGES.npy [LABELS.npy] [--judge FILE]

IMAGES: uint8 (N, 28, 28), as `latentflow sample --out X.npy --labels L.npy` and cold.py write them. The same network and
formula as `latentflow eval`, so that images of both programs get comparable scores. Needs PyTorch, NumPy, safetensors.
"""
import argparse
import json
from pathlib import Path

import numpy
import torch
from safetensors.torch import load_file
from torch.nn import functional as F

JUDGE = Path(__file__).resolve().parent.parent.parent / "assets/judge.safetensors"


def features_and_logits(judge, images):
    """images (N, 1, 28, 28) in [0, 1] → (N, 64) before the activation, (N, 10)."""
    w = {name: value.float() for name, value in judge.items() if value.dtype == torch.float16}

    def conv(x, name, stride, padding):
        return F.conv2d(x, w[name + ".weight"], w[name + ".bias"], stride, padding)

    x = F.relu(conv(images, "conv1", 2, 2))
    x = F.relu(F.max_pool2d(conv(x, "conv2", 1, 1), 2))
    x = F.max_pool2d(conv(x, "conv3", 1, 1), 2)
    x = F.relu(x + conv(F.relu(x), "conv4", 1, 1)).flatten(1)
    features = F.linear(x, w["features.weight"], w["features.bias"])
    return features, F.linear(F.relu(features), w["classes.weight"], w["classes.bias"])


def root(matrix):
    values, vectors = torch.linalg.eigh(matrix)
    return (vectors * values.clamp_min(0).sqrt()) @ vectors.T


def fd_percent(features, judge):
    """100 · Fréchet distance to the training digits / trace of their covariance."""
    mean, covariance = judge["train.mean"], judge["train.covariance"]
    f = features.double()
    own = torch.cov(f.T)
    half = root(own)
    product = half @ covariance @ half
    cross = torch.linalg.eigvalsh((product + product.T) / 2).clamp_min(0).sqrt().sum()
    distance = (f.mean(0) - mean).square().sum() + own.trace() + covariance.trace() - 2 * cross
    return float(100 * distance / covariance.trace())


@torch.inference_mode()
def score(images, labels=None, judge_file=JUDGE):
    """images uint8 (N, 28, 28), labels (N) or None → {"fd", "accuracy"}."""
    judge = load_file(str(judge_file))
    x = torch.from_numpy(numpy.ascontiguousarray(images)).float().div(255).unsqueeze(1)
    outputs = [features_and_logits(judge, block) for block in x.split(500)]
    result = {"fd": round(fd_percent(torch.cat([o[0] for o in outputs]), judge), 3)}
    if labels is not None:
        chosen = torch.cat([o[1] for o in outputs]).argmax(1).numpy()
        result["accuracy"] = round(float((chosen == labels).mean()), 4)
    return result


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("images")
    parser.add_argument("labels", nargs="?")
    parser.add_argument("--judge", default=JUDGE)
    options = parser.parse_args()
    labels = numpy.load(options.labels) if options.labels else None
    print(json.dumps(score(numpy.load(options.images), labels, options.judge)))


if __name__ == "__main__":
    main()
