#include "metrics/judge_network.h"

#include <ATen/ATen.h>

#include "base/classes.h"

namespace lf::metrics {

const std::vector<JudgeParameter>& judge_parameters() {
  static const std::vector<JudgeParameter> table = {
      {"conv1.weight", {24, 1, 5, 5}},    {"conv1.bias", {24}},     // 28 -> 14, stride 2
      {"conv2.weight", {48, 24, 3, 3}},   {"conv2.bias", {48}},     // 14, then pooled to 7
      {"conv3.weight", {64, 48, 3, 3}},   {"conv3.bias", {64}},     // 7, then pooled to 3
      {"conv4.weight", {64, 64, 3, 3}},   {"conv4.bias", {64}},     // 3, added to its input
      {"features.weight", {64, 576}},     {"features.bias", {64}},  // 64 · 3 · 3 -> 64
      {"classes.weight", {kClasses, 64}}, {"classes.bias", {kClasses}},
  };
  return table;
}

JudgeOutput judge_forward(const std::vector<at::Tensor>& p, const at::Tensor& images) {
  at::Tensor x = at::conv2d(images, p[0], p[1], /*stride=*/2, /*padding=*/2).relu_();
  x = at::max_pool2d(at::conv2d(x, p[2], p[3], 1, 1), 2).relu_();
  x = at::max_pool2d(at::conv2d(x, p[4], p[5], 1, 1), 2);
  x = (x + at::conv2d(x.relu(), p[6], p[7], 1, 1)).relu_().flatten(1);
  at::Tensor features = at::linear(x, p[8], p[9]);
  return {features, at::linear(features.relu(), p[10], p[11])};
}

}  // namespace lf::metrics
