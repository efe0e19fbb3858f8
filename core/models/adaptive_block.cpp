#include "models/adaptive_block.h"

#include <ATen/ATen.h>

namespace lf::models {

at::Tensor modulated(const at::Tensor& h, const at::Tensor& shift, const at::Tensor& scale) {
  return at::addcmul(shift, at::layer_norm(h, {h.size(-1)}, {}, {}, 1e-6), scale + 1);
}

at::Tensor adaptive_block(at::Tensor h, const at::Tensor& modulation, const Branch& attention,
                          const Branch& mlp, BlockProbe* noted) {
  const auto m = modulation.unsqueeze(1).chunk(6, 2);  // 6 × (B, 1, W)
  if (noted) noted->modulation = modulation_sizes(m);
  const auto add = [&](const Branch& branch, size_t first) {
    const at::Tensor out = branch(modulated(h, m[first], m[first + 1])), &gate = m[first + 2];
    if (noted) note_branch(*noted, h, gate, out);
    h = at::addcmul(h, gate, out);
  };
  add(attention, 0);
  add(mlp, 3);
  return h;
}

}  // namespace lf::models
