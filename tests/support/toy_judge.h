// A judge with fixed random weights: it does not classify, but its features depend on the images.
#pragma once

#include <ATen/ATen.h>
#include <ATen/CPUGeneratorImpl.h>

#include <cmath>

#include "metrics/image_bytes.h"
#include "metrics/judge.h"

namespace lf {

/// Random He-scaled weights, deterministic in `seed`.
inline std::vector<at::Tensor> random_judge_weights(uint64_t seed) {
  at::Generator generator = at::detail::createCPUGenerator(seed);
  std::vector<at::Tensor> weights;
  for (const metrics::JudgeParameter& row : metrics::judge_parameters()) {
    at::Tensor weight = at::randn(row.shape, generator);
    double fan_in = double(weight.numel()) / row.shape[0];
    weights.push_back(row.shape.size() == 1 ? weight * 0.1 : weight * std::sqrt(2 / fan_in));
  }
  return weights;
}

/// A judge with facts measured on `train`, calibrated so that test digits score 0.15.
inline metrics::Judge toy_judge(const files::ImageSet& train, uint64_t seed = 5) {
  std::vector<at::Tensor> weights = random_judge_weights(seed);
  metrics::JudgeFacts facts;
  facts.train = metrics::gaussian_stats(metrics::Judge(weights, {}).run(metrics::image_view(train)).features);
  for (uint8_t label : train.labels) ++facts.label_counts[label];
  facts.calibration = {0.15, 0.5, 1.5, 9};
  facts.floors = {{100, 2.0}, {1000, 0.2}};
  facts.accuracy = 0.1;
  facts.data_digest = "toy";
  return metrics::Judge(weights, facts);
}

}  // namespace lf
