#!/usr/bin/env python3
"""The fast preset's parts in plain eager PyTorch, timed: idiomatic code of an experienced user.

The same networks, batches and optimisers as `latentflow bench autoencoder-step flow-step sample-100 …` measures:
nn.Module, autograd, scaled_dot_product_attention, fused AdamW, clipping by the global norm, an average of the weights.

    fast.py [--bf16] [--runs N] [--warm-up N] [--threads N] [NAME ...]

--bf16 runs the networks under torch.autocast with bfloat16; weights, losses and optimisers stay float32.
Prints {"name", "arithmetic", "ms_median", "ms_min", "runs"} for each part. Needs PyTorch.
"""
import argparse
import json
import math
import statistics
import time

import torch
from torch import nn
from torch.nn import functional as F

WIDTH, BLOCKS, HEADS, RATIO, PATCH, TOKENS = 96, 4, 4, 3, 2, 4
DIGITS, FLOW_BATCH, AUTOENCODER_BATCH = 8192, 256, 64


class Autoencoder(nn.Module):
    """1→24→48→48 by strides of 2, a Gaussian over 4×4×4; nearest to 7×7, two convolutions, pixel shuffle."""

    def __init__(self):
        super().__init__()
        self.encoder = nn.Sequential(
            nn.Conv2d(1, 24, 3, 2, 1), nn.SiLU(), nn.Conv2d(24, 48, 3, 2, 1), nn.SiLU(), nn.Conv2d(48, 48, 3, 2, 1),
            nn.SiLU(), nn.Conv2d(48, 8, 1))
        self.first, self.second = nn.Conv2d(4, 48, 3, 1, 1), nn.Conv2d(48, 48, 3, 1, 1)
        self.third, self.last = nn.Conv2d(48, 48, 3, 1, 1), nn.Conv2d(48, 16, 3, 1, 1)

    def encode(self, images):
        mean, log_variance = self.encoder(images).chunk(2, dim=1)
        return mean, log_variance.clamp(-8, 2)

    def decode_logits(self, latents):
        h = F.interpolate(F.silu(self.first(latents)), size=(7, 7))
        h = F.silu(self.second(h))
        h = h + F.silu(self.third(h))
        return F.pixel_shuffle(self.last(h), 4)


def rms_norm(x):
    return x * torch.rsqrt(x.square().mean(-1, keepdim=True) + 1e-6)


def modulated(x, shift, scale):
    return F.layer_norm(x, (WIDTH,), eps=1e-6) * (1 + scale) + shift


class Block(nn.Module):
    def __init__(self):
        super().__init__()
        self.modulation = nn.Parameter(torch.zeros(6 * WIDTH))
        self.qkv, self.proj = nn.Linear(WIDTH, 3 * WIDTH, bias=False), nn.Linear(WIDTH, WIDTH, bias=False)
        self.fc1 = nn.Linear(WIDTH, RATIO * WIDTH, bias=False)
        self.fc2 = nn.Linear(RATIO * WIDTH, WIDTH, bias=False)

    def forward(self, h, shared):
        m = (shared + self.modulation)[:, None].chunk(6, dim=2)
        qkv = self.qkv(modulated(h, m[0], m[1])).view(-1, TOKENS, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4)
        mixed = F.scaled_dot_product_attention(rms_norm(qkv[0]), rms_norm(qkv[1]), qkv[2])
        h = h + m[2] * self.proj(mixed.transpose(1, 2).reshape(-1, TOKENS, WIDTH))
        return h + m[5] * self.fc2(F.relu(self.fc1(modulated(h, m[3], m[4]))).square())


class Velocity(nn.Module):
    def __init__(self):
        super().__init__()
        self.patch = nn.Linear(PATCH * PATCH * 4, WIDTH, bias=False)
        self.positions = nn.Parameter(0.02 * torch.randn(TOKENS, WIDTH))
        self.time = nn.Sequential(nn.Linear(64, WIDTH, bias=False), nn.SiLU(), nn.Linear(WIDTH, WIDTH, bias=False))
        self.labels = nn.Embedding(11, WIDTH)
        self.modulation = nn.Linear(WIDTH, 6 * WIDTH, bias=False)
        self.blocks = nn.ModuleList(Block() for _ in range(BLOCKS))
        self.final_modulation = nn.Linear(WIDTH, 2 * WIDTH, bias=False)
        self.final = nn.Linear(WIDTH, PATCH * PATCH * 4, bias=False)
        self.register_buffer("frequencies", 2 * math.pi * torch.logspace(-1, math.log10(16), 32))

    def forward(self, x, t, labels):
        angles = t[:, None] * self.frequencies
        c = F.silu(self.time(torch.cat([angles.cos(), angles.sin()], 1)) + self.labels(labels))
        grid = 4 // PATCH
        tokens = x.reshape(-1, 4, grid, PATCH, grid, PATCH).permute(0, 2, 4, 3, 5, 1).reshape(-1, TOKENS, PATCH * PATCH * 4)
        h, shared = self.patch(tokens) + self.positions, self.modulation(c)
        for block in self.blocks:
            h = block(h, shared)
        shift, scale = self.final_modulation(c)[:, None].chunk(2, dim=2)
        out = self.final(modulated(h, shift, scale)).reshape(-1, grid, grid, PATCH, PATCH, 4)
        return out.permute(0, 5, 1, 3, 2, 4).reshape(-1, 4, 4, 4)


def times(count):
    """Stratified; nine tenths mapped to logit-normal(0, 1), one tenth uniform."""
    u = (torch.rand(()) + torch.arange(count) / count) % (1 - 1e-5)
    normal = torch.sigmoid(math.sqrt(2) * torch.erfinv(2 * u - 1))
    return torch.where(torch.rand(count) < 0.9, normal, u)


class Peer:
    def __init__(self, bf16=False):
        self.bf16 = bf16
        self.autoencoder, self.net = Autoencoder(), Velocity()
        self.average = Velocity()
        self.images = torch.rand(DIGITS, 1, 28, 28)
        self.mean, self.deviation = torch.randn(DIGITS, 4, 4, 4), torch.full((DIGITS, 4, 4, 4), 0.3)
        self.classes = torch.arange(DIGITS) % 10
        self.autoencoder_adam = torch.optim.AdamW(self.autoencoder.parameters(), lr=3e-3, fused=True)
        self.flow_adam = torch.optim.AdamW(self.net.parameters(), lr=1.5e-3, betas=(0.9, 0.99), fused=True)

    def autocast(self):
        """Products and convolutions in bfloat16, where that is wanted."""
        return torch.autocast("cpu", dtype=torch.bfloat16, enabled=self.bf16)

    def autoencoder_step(self):
        x = self.images[torch.randint(DIGITS, (AUTOENCODER_BATCH,))]
        with self.autocast():
            mean, log_variance = (part.float() for part in self.autoencoder.encode(x))
            z = mean + (0.5 * log_variance).exp() * torch.randn_like(mean)
            logits = self.autoencoder.decode_logits(z).float()
        pixels = F.binary_cross_entropy_with_logits(logits, x, reduction="sum")
        divergence = 0.5 * (mean.square() + log_variance.exp() - 1 - log_variance).sum()
        self.update((pixels + 0.1 * divergence) / len(x), self.autoencoder, self.autoencoder_adam, 20)

    def flow_step(self):
        chosen = torch.randint(DIGITS, (FLOW_BATCH,))
        x1 = self.mean[chosen] + self.deviation[chosen] * torch.randn(FLOW_BATCH, 4, 4, 4)
        x0, t = torch.randn_like(x1), times(FLOW_BATCH)
        at = t[:, None, None, None]
        labels = self.classes[chosen].masked_fill(torch.rand(FLOW_BATCH) < 0.1, 10)
        with self.autocast():
            velocity = self.net((1 - at) * x0 + at * x1, t, labels).float()
        loss = (velocity - (x1 - x0)).square().mean()
        self.update(loss, self.net, self.flow_adam, 1)
        with torch.no_grad():
            torch._foreach_lerp_(list(self.average.parameters()), list(self.net.parameters()), 0.01)

    @staticmethod
    def update(loss, net, optimizer, clip):
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(net.parameters(), clip)
        optimizer.step()

    @torch.inference_mode()
    def sample(self, count):
        """Midpoint, four steps: eight evaluations; decoded."""
        x, labels, h = torch.randn(count, 4, 4, 4), torch.arange(count) % 10, 0.25
        with self.autocast():
            for step in range(4):
                t = torch.full((count,), step * h)
                half = x + 0.5 * h * self.net(x, t, labels)
                x = x + h * self.net(half, t + 0.5 * h, labels)
            return torch.sigmoid(self.autoencoder.decode_logits(x).float())

    def sample_many(self):
        for _ in range(40):
            self.sample(250)


def measure(name, arithmetic, run, runs, warm_up):
    taken = []
    for i in range(warm_up + runs):
        start = time.perf_counter()
        run()
        if i >= warm_up:
            taken.append(1e3 * (time.perf_counter() - start))
    print(json.dumps({"name": name, "arithmetic": arithmetic, "ms_median": round(statistics.median(taken), 3),
                      "ms_min": round(min(taken), 3), "runs": runs}), flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*")
    parser.add_argument("--bf16", action="store_true", help="bfloat16 autocast")
    parser.add_argument("--runs", type=int, default=30)
    parser.add_argument("--warm-up", type=int, default=5)
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(1)
    peer = Peer(options.bf16)
    parts = {"autoencoder-step": peer.autoencoder_step, "flow-step": peer.flow_step,
             "sample-1": lambda: peer.sample(1), "sample-100": lambda: peer.sample(100),
             "sample-10000": peer.sample_many}
    for name, run in parts.items():
        if not options.names or name in options.names:
            many = name == "sample-10000"
            measure(name, "bfloat16" if options.bf16 else "float32", run, 3 if many else options.runs, 1 if many else options.warm_up)


if __name__ == "__main__":
    main()
