#include "models/velocity_probe.h"

#include <ATen/ATen.h>

#include <cmath>

namespace lf::models {

at::Tensor rms_per_sample(const at::Tensor& x) { return x.flatten(1).square().mean(1).sqrt(); }

at::Tensor attention_weights(const at::Tensor& queries, const at::Tensor& keys) {
  const double scale = 1 / std::sqrt(static_cast<double>(queries.size(-1)));
  return at::softmax(at::matmul(queries, keys.transpose(-2, -1)) * scale, -1);
}

at::Tensor modulation_sizes(const std::vector<at::Tensor>& parts) {
  std::vector<at::Tensor> sizes;
  for (const at::Tensor& part : parts) sizes.push_back(rms_per_sample(part));
  return at::stack(sizes, 1);
}

void note_branch(BlockProbe& block, const at::Tensor& stream, const at::Tensor& gate,
                 const at::Tensor& branch) {
  const auto append = [](at::Tensor& to, const at::Tensor& column) {
    to = to.defined() ? at::cat({to, column.unsqueeze(1)}, 1) : column.unsqueeze(1);
  };
  append(block.stream, rms_per_sample(stream));
  append(block.branch, rms_per_sample(gate * branch));
}

}  // namespace lf::models
