#pragma once

#include <ATen/ATen.h>

namespace lf {

/// norm(h)·(1 + scale) + shift over the last dimension of h (B, T, W), with shift and scale (B, 1, W): the
/// adaptive layer norm of a DiT (Peebles & Xie 2022).
inline at::Tensor modulated(const at::Tensor& h, const at::Tensor& shift, const at::Tensor& scale) {
  return at::addcmul(shift, at::layer_norm(h, {h.size(-1)}, {}, {}, 1e-6), scale + 1);
}

}  // namespace lf
