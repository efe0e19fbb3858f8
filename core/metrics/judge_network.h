// The judge's network: four convolutions and two linear layers, as plain tensors and one function.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <string>
#include <vector>

namespace lf::metrics {

constexpr int64_t kJudgeFeatures = 64;

/// One row of the network's table: the parameter's name in the file and its shape.
struct JudgeParameter {
  const char* name;
  std::vector<int64_t> shape;
};

/// All parameters in order (weight, bias, weight, bias, ...): the only description of the network's
/// sizes.
const std::vector<JudgeParameter>& judge_parameters();

/// The network's output for images: `features` (N, 64) before their activation, `logits` (N, 10),
/// f32.
struct JudgeOutput {
  at::Tensor features;
  at::Tensor logits;
};

/// Runs the network on float images (N, 1, 28, 28) in [0, 1]; differentiable in `parameters`, which are
/// ordered as judge_parameters().
JudgeOutput judge_forward(const std::vector<at::Tensor>& parameters, const at::Tensor& images);

}  // namespace lf::metrics
