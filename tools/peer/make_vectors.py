#!/usr/bin/env python3
"""Reference vectors for weights that latentflow wrote: plain PyTorch loads them strictly and computes.

    latentflow export --model RUN --part velocity --out W.safetensors
    make_vectors.py W.safetensors V.safetensors
    latentflow verify --dit W.safetensors --vectors V.safetensors

Only DiT-B/2, the network of original.py. Needs PyTorch and safetensors.
"""
import argparse

import torch
from safetensors.torch import load_file, save_file

from original import CHANNELS, SIDE, SIGMA_MIN, Dit, time_features

BATCH = 7
# Beginning of a name of ours → of the reference's Python code; in a block, of what follows its number.
OUTSIDE = {"positions": "pos_embed", "embed.": "x_embedder.proj.", "time.": "t_embedder.mlp.",
           "linear.": "final_layer.linear.", "modulation.": "final_layer.adaLN_modulation."}
INSIDE = {"qkv.": "attn.qkv.", "proj.": "attn.proj.", "fc": "mlp.fc", "modulation.": "adaLN_modulation."}


def renamed(name, table):
    start = next(key for key in table if name.startswith(key))
    return table[start] + name[len(start):]


def reference_name(name):
    """The name in a weights file of a parameter of original.Dit."""
    if not name.startswith("blocks."):
        return renamed(name, OUTSIDE)
    block, rest = name.split(".", 2)[1:]
    return f"blocks.{block}.{renamed(rest, INSIDE)}"


def load_strictly(path):
    """The net with the file's weights; refuses a missing, unexpected or misshapen tensor."""
    net = Dit()
    back = {reference_name(name): name for name in net.state_dict()}
    weights = load_file(path)
    unknown = sorted(set(weights) - set(back))
    if unknown:
        raise SystemExit(f"{path}: unexpected {', '.join(unknown)}")
    net.load_state_dict({back[name]: value for name, value in weights.items()}, strict=True)
    return net


def vectors_of(net):
    """Inputs, and what the net makes of them."""
    torch.manual_seed(5)
    x0, x1 = torch.randn(2, BATCH, CHANNELS, SIDE, SIDE)
    u = torch.rand(1)
    t = (u + torch.arange(BATCH) / BATCH) % (1 - 1e-5)
    at = t[:, None, None, None]
    x_t, target = (1 - (1 - SIGMA_MIN) * at) * x0 + at * x1, x1 - (1 - SIGMA_MIN) * x0
    velocity = net(x_t, t)
    loss = (velocity - target).square().mean()
    loss.backward()
    vectors = {"x0": x0, "x1": x1, "u": u, "t": t, "x_t": x_t, "target": target, "velocity": velocity,
               "loss": loss, "time_features": time_features(t)}
    for name, parameter in net.named_parameters():
        vectors["grad_norm/" + reference_name(name)] = parameter.grad.norm()
    return {name: value.detach().clone().contiguous() for name, value in vectors.items()}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("weights")
    parser.add_argument("vectors")
    options = parser.parse_args()
    net = load_strictly(options.weights)
    print(f"{options.weights}: every tensor loaded strictly, none missing, none left over")
    save_file(vectors_of(net), options.vectors)


if __name__ == "__main__":
    main()
