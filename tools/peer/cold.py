#!/usr/bin/env python3
"""Train the fast preset's former recipe from untrained weights in plain eager PyTorch, and generate 10,000 digits.

The peer of `latentflow train --seconds …`: the networks of fast.py, an autoencoder of two epochs (AdamW, one cycle, β 0.1),
then the flow (AdamW 1.5e-3, constant, then linear to 0 over the second half), averaged weights, midpoint with 8 function evaluations.

    cold.py --data DIR [--epochs N] [--steps N] [--threads N] [--seed N] [--out X.npy --labels L.npy]

Prints {"seconds", "autoencoder_seconds", "fd", "accuracy"}: training time alone, scored by the bundled classifier. DIR holds the four
IDX files of MNIST, gzip or plain. Needs PyTorch, NumPy, safetensors.
"""
import argparse
import gzip
import json
import math
import time
from pathlib import Path

import numpy
import torch
from torch import nn
from torch.nn import functional as F

import fast
import judge
from fast import FLOW_BATCH, Autoencoder, Velocity, times

DIGITS, EMA_GAMMA, AUTOENCODER_BATCH = 60000, 6.94, 128
fast.WIDTH = 128


def idx(folder, name, header):
    file = next(path for path in Path(folder).iterdir() if path.name.startswith(name))
    data = (gzip.open if file.suffix == ".gz" else open)(file, "rb").read()
    return torch.from_numpy(numpy.frombuffer(data, numpy.uint8, offset=header).copy())


def one_cycle(step, steps):
    """Up over the first tenth, down on a cosine."""
    warm = steps // 10
    return (step + 1) / warm if step < warm else 0.5 + 0.5 * math.cos(math.pi * (step - warm) / (steps - warm))


def batches(size, steps):
    """Indices of shuffled epochs without their last incomplete batch."""
    per_epoch = DIGITS // size
    for step in range(steps):
        if step % per_epoch == 0:
            order = torch.randperm(DIGITS)
        first = step % per_epoch * size
        yield step, order[first:first + size]


def update(loss, net, optimizer, clip, rate):
    optimizer.zero_grad()
    loss.backward()
    nn.utils.clip_grad_norm_(net.parameters(), clip)
    for group in optimizer.param_groups:
        group["lr"] = rate
    optimizer.step()


def train_autoencoder(images, epochs):
    net = Autoencoder()
    optimizer = torch.optim.AdamW(net.parameters(), lr=3e-3, betas=(0.9, 0.99), weight_decay=1e-4, fused=True)
    steps = int(epochs * (DIGITS // AUTOENCODER_BATCH))
    for step, chosen in batches(AUTOENCODER_BATCH, steps):
        x = images[chosen].float() / 255
        mean, log_variance = net.encode(x)
        z = mean + (0.5 * log_variance).exp() * torch.randn_like(mean)
        pixels = F.binary_cross_entropy_with_logits(net.decode_logits(z), x, reduction="sum")
        divergence = 0.5 * (mean.square() + log_variance.exp() - 1 - log_variance).sum()
        beta = 0.1 * min(1, step / 200)
        update((pixels + beta * divergence) / len(x), net, optimizer, 20, 3e-3 * one_cycle(step, steps))
    return net


@torch.inference_mode()
def standard_latents(net, images):
    parts = [net.encode(block.float() / 255) for block in images.split(1000)]
    mean, deviation = torch.cat([p[0] for p in parts]), (0.5 * torch.cat([p[1] for p in parts])).exp()
    shift, scale = mean.mean(0), (mean.var(0) + deviation.square().mean(0)).sqrt().clamp_min(1e-3)
    return (mean - shift) / scale, deviation / scale, shift, scale


def fresh_velocity():
    net = Velocity()
    for part in (net.modulation, net.final_modulation, net.final):
        nn.init.zeros_(part.weight)
    nn.init.normal_(net.labels.weight, 0, 0.5)
    return net


def train_flow(mean, deviation, classes, steps):
    net, average = fresh_velocity(), fresh_velocity()
    optimizer = torch.optim.AdamW(net.parameters(), lr=1.5e-3, betas=(0.9, 0.99), fused=True)
    for step, chosen in batches(FLOW_BATCH, steps):
        x1 = mean[chosen] + deviation[chosen] * torch.randn(FLOW_BATCH, 4, 4, 4)
        x0, t = torch.randn_like(x1), times(FLOW_BATCH)
        at = t[:, None, None, None]
        labels = classes[chosen].masked_fill(torch.rand(FLOW_BATCH) < 0.1, 10)
        loss = (net((1 - at) * x0 + at * x1, t, labels) - (x1 - x0)).square().mean()
        rate = 1.5e-3 * min(1, (step + 1) / 100, 2 * (steps - step) / steps)
        update(loss, net, optimizer, 1, rate)
        with torch.no_grad():
            share = 1 - (1 - 1 / (step + 1)) ** (EMA_GAMMA + 1)
            torch._foreach_lerp_(list(average.parameters()), list(net.parameters()), share)
    return average


@torch.inference_mode()
def draw(net, autoencoder, shift, scale, labels):
    pictures = []
    for block in labels.split(250):
        x = torch.randn(len(block), 4, 4, 4)
        for step in range(4):
            t = torch.full((len(block),), step / 4)
            half = x + 0.125 * net(x, t, block)
            x = x + 0.25 * net(half, t + 0.125, block)
        pictures.append(torch.sigmoid(autoencoder.decode_logits(x * scale + shift)))
    return (255 * torch.cat(pictures) + 0.5).floor().clamp(0, 255).byte().squeeze(1).numpy()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", required=True)
    parser.add_argument("--epochs", type=float, default=2)
    parser.add_argument("--steps", type=int, default=940)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out")
    parser.add_argument("--labels")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    images = idx(options.data, "train-images", 16).view(-1, 1, 28, 28)
    classes = idx(options.data, "train-labels", 8).long()
    start = time.perf_counter()
    autoencoder = train_autoencoder(images, options.epochs)
    trained = time.perf_counter() - start
    mean, deviation, shift, scale = standard_latents(autoencoder, images)
    net = train_flow(mean, deviation, classes, options.steps)
    seconds = time.perf_counter() - start
    labels = classes[torch.randint(DIGITS, (10000,))]
    pictures = draw(net, autoencoder, shift, scale, labels)
    print(json.dumps({"seconds": round(seconds, 1), "autoencoder_seconds": round(trained, 1),
                      **judge.score(pictures, labels.numpy())}))
    if options.out:
        numpy.save(options.out, pictures)
    if options.labels:
        numpy.save(options.labels, labels.numpy())


if __name__ == "__main__":
    main()
