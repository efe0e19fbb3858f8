#include "flow/loss_floor.h"

#include <ATen/ATen.h>

#include <cmath>

#include "base/errors.h"
#include "flow/loss.h"

namespace lf {

LossFloor floor_from(const at::Tensor& best, const at::Tensor& target) {
  if (target.size(0) < 2) throw InputError("the irreducible loss needs at least 2 samples");
  const at::Tensor losses = loss_per_sample(best.to(at::kDouble), target.to(at::kDouble));
  return {losses.mean().item<double>(), losses.std().item<double>() / std::sqrt(double(losses.numel()))};
}

LossFloor loss_floor(const ExactField& field, double t, int64_t draws, at::Generator& generator) {
  const PathSample pairs = field.draw(draws, t, generator);
  return floor_from(field.velocity(pairs.x_t.to(at::kFloat), t), pairs.target);
}

LossFloor combined_floor(const std::vector<LossFloor>& parts, const std::vector<double>& weights) {
  if (parts.size() != weights.size())
    throw InputError("combining irreducible losses needs one weight for each");
  LossFloor sum;
  double variance = 0;
  for (size_t i = 0; i < parts.size(); ++i) {
    sum.mean += weights[i] * parts[i].mean;
    variance += std::pow(weights[i] * parts[i].standard_error, 2);
  }
  sum.standard_error = std::sqrt(variance);
  return sum;
}

LossFloor conditional_loss_floor(const ExactField& field, const at::Tensor& labels, double t, int64_t draws,
                                 double hidden, at::Generator& generator) {
  const auto [digits, inverse, counts] = at::_unique2(labels, true, false, true);
  std::vector<LossFloor> parts{loss_floor(field, t, draws, generator)};
  std::vector<double> weights{hidden};
  for (int64_t k = 0; k < digits.numel(); ++k) {
    const ExactField own = field.of_digit(labels, digits[k].item<int64_t>());
    parts.push_back(loss_floor(own, t, draws, generator));
    weights.push_back((1 - hidden) * double(own.size()) / double(field.size()));
  }
  return combined_floor(parts, weights);
}

}  // namespace lf
