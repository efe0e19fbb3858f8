#!/usr/bin/env python3
"""One training step of the reference system's DiT-B/2 in plain eager PyTorch, timed.

`latentflow bench original` is compared with this: the same network, batch, path and optimiser, written as in
the reference (nn.Linear, LayerNorm without affine, scaled_dot_product_attention, autograd,
torch.optim.Adam). A step samples cached latents, noise and stratified times, and ends with the optimiser.

    original.py [--plain] [--bf16] [--runs N] [--warm-up N] [--threads N] [--batch N]

--bf16 runs the network under torch.autocast with bfloat16; weights, loss and optimiser stay float32.
Prints {"ms_median": …, "ms_min": …, "runs": …, …}. Needs PyTorch.
"""
import argparse
import json
import math
import resource
import statistics
import time

import torch
from torch import nn
from torch.nn import functional as F

SIDE, PATCH, CHANNELS, WIDTH, DEPTH, HEADS = 4, 2, 4, 768, 12, 12
TOKENS, SIGMA_MIN, TIME_FEATURES = (SIDE // PATCH) ** 2, 0.001, 256


def time_features(t):
    """t (B) → 128 cosines, then 128 sines."""
    half = TIME_FEATURES // 2
    angles = t[:, None] * torch.exp(torch.arange(half) * (-math.log(10000) / half))
    return torch.cat([angles.cos(), angles.sin()], dim=1)


def positions():
    """Fixed positions (1, T, W): the column's half, then the row's; each sines, then cosines."""
    side = torch.arange(SIDE // PATCH, dtype=torch.float64)
    frequencies = 10000 ** (-torch.arange(WIDTH // 4, dtype=torch.float64) / (WIDTH // 4))

    def half(index):
        angles = index[:, None] * frequencies
        return torch.cat([angles.sin(), angles.cos()], dim=1)

    grid = SIDE // PATCH
    return torch.cat([half(side.repeat(grid)), half(side.repeat_interleave(grid))], dim=1).float()[None]


def modulate(x, shift, scale):
    return x * (1 + scale[:, None]) + shift[:, None]


class Block(nn.Module):
    def __init__(self):
        super().__init__()
        self.norm1 = nn.LayerNorm(WIDTH, elementwise_affine=False, eps=1e-6)
        self.norm2 = nn.LayerNorm(WIDTH, elementwise_affine=False, eps=1e-6)
        self.qkv, self.proj = nn.Linear(WIDTH, 3 * WIDTH), nn.Linear(WIDTH, WIDTH)
        self.fc1, self.fc2 = nn.Linear(WIDTH, 4 * WIDTH), nn.Linear(4 * WIDTH, WIDTH)
        self.modulation = nn.Sequential(nn.SiLU(), nn.Linear(WIDTH, 6 * WIDTH))

    def attention(self, x):
        batch = x.shape[0]
        q, k, v = self.qkv(x).reshape(batch, TOKENS, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4)
        mixed = F.scaled_dot_product_attention(q, k, v)
        return self.proj(mixed.transpose(1, 2).reshape(batch, TOKENS, WIDTH))

    def forward(self, x, c):
        shift1, scale1, gate1, shift2, scale2, gate2 = self.modulation(c).chunk(6, dim=1)
        x = x + gate1[:, None] * self.attention(modulate(self.norm1(x), shift1, scale1))
        hidden = F.gelu(self.fc1(modulate(self.norm2(x), shift2, scale2)), approximate="tanh")
        return x + gate2[:, None] * self.fc2(hidden)


class Dit(nn.Module):
    def __init__(self):
        super().__init__()
        self.embed = nn.Conv2d(CHANNELS, WIDTH, PATCH, PATCH)
        self.time = nn.Sequential(nn.Linear(TIME_FEATURES, WIDTH), nn.SiLU(), nn.Linear(WIDTH, WIDTH))
        self.register_buffer("positions", positions())
        self.blocks = nn.ModuleList(Block() for _ in range(DEPTH))
        self.norm = nn.LayerNorm(WIDTH, elementwise_affine=False, eps=1e-6)
        self.modulation = nn.Sequential(nn.SiLU(), nn.Linear(WIDTH, 2 * WIDTH))
        self.linear = nn.Linear(WIDTH, PATCH * PATCH * CHANNELS)

    def forward(self, x, t):
        h = self.embed(x).flatten(2).transpose(1, 2) + self.positions
        c = self.time(time_features(t))
        for block in self.blocks:
            h = block(h, c)
        shift, scale = self.modulation(c).chunk(2, dim=1)
        out = self.linear(modulate(self.norm(h), shift, scale))
        grid = SIDE // PATCH
        out = out.reshape(-1, grid, grid, PATCH, PATCH, CHANNELS)
        return out.permute(0, 5, 1, 3, 2, 4).reshape(-1, CHANNELS, SIDE, SIDE)


def initialise(net):
    """Xavier-uniform layers, zero biases, N(0, 0.02²) in the time layers, zero modulation and output."""
    for name, parameter in net.named_parameters():
        if parameter.dim() < 2 or "modulation" in name or name.startswith("linear"):
            nn.init.zeros_(parameter)
        elif name.startswith("time"):
            nn.init.normal_(parameter, std=0.02)
        else:
            nn.init.xavier_uniform_(parameter.data.flatten(1))


def step(net, optimizer, latents, batch, bf16=False):
    x1 = latents[torch.randint(len(latents), (batch,))]
    x0 = torch.randn_like(x1)
    t = (torch.rand(()) + torch.arange(batch) / batch) % (1 - 1e-5)
    at = t[:, None, None, None]
    x_t, target = (1 - (1 - SIGMA_MIN) * at) * x0 + at * x1, x1 - (1 - SIGMA_MIN) * x0
    with torch.autocast("cpu", dtype=torch.bfloat16, enabled=bf16):
        velocity = net(x_t, t).float()
    loss = (velocity - target).square().mean()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    return loss.item()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--plain", action="store_true", help="PyTorch's default Adam, not fused")
    parser.add_argument("--bf16", action="store_true", help="bfloat16 autocast")
    parser.add_argument("--runs", type=int, default=8)
    parser.add_argument("--warm-up", type=int, default=3)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--batch", type=int, default=32)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(1)
    net = Dit()
    initialise(net)
    optimizer = torch.optim.Adam(net.parameters(), lr=1e-4, fused=None if options.plain else True)
    latents = torch.randn(8192, CHANNELS, SIDE, SIDE)
    times = []
    for i in range(options.warm_up + options.runs):
        start = time.perf_counter()
        loss = step(net, optimizer, latents, options.batch, options.bf16)
        if i >= options.warm_up:
            times.append(1e3 * (time.perf_counter() - start))
    print(json.dumps({
        "ms_median": round(statistics.median(times), 2), "ms_min": round(min(times), 2), "runs": len(times),
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        "parameters": sum(p.numel() for p in net.parameters()), "loss": round(loss, 4),
        "optimizer": "plain" if options.plain else "fused",
        "arithmetic": "bfloat16" if options.bf16 else "float32", "torch": torch.__version__}))


if __name__ == "__main__":
    main()
