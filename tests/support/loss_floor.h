// The part of the flow-matching loss that no network can remove, in one go: what the lab's tool is compared
// with.
#pragma once

#include <ATen/ATen.h>

#include <cmath>
#include <cstdint>
#include <vector>

#include "base/errors.h"
#include "flow/exact_field.h"
#include "flow/loss.h"

namespace lf {

/// An estimate from random pairs. Many pairs (x0, x1) pass through the same x_t with different
/// velocities.
/// The best prediction is their mean v*; the variance around it remains: `E[(v*(x_t, t) - u)^2]`
/// per coordinate.
struct LossFloor {
  double mean = 0;
  double standard_error = 0;  ///< of the mean
};

/// From pairs already evaluated. best: v* at their x_t; target: their u; both (n, ...), n >= 2.
/// InputError otherwise.
inline LossFloor floor_from(const at::Tensor& best, const at::Tensor& target) {
  if (target.size(0) < 2) throw InputError("the irreducible loss needs at least 2 samples");
  const at::Tensor losses = flow::loss_per_sample(best.to(at::kDouble), target.to(at::kDouble));
  return {losses.mean().item<double>(), losses.std().item<double>() / std::sqrt(double(losses.numel()))};
}

/// The irreducible loss at time t in [0, 1] of an unconditional network, from `draws` >= 2 pairs.
/// One call processes all of the data; in slices: ExactField::draw, ExactFieldSum, floor_from. For
/// one sample of standard deviation s it is the mean over coordinates of s^2 / D.
inline LossFloor loss_floor(const flow::ExactField& field, double t, int64_t draws,
                            at::Generator& generator) {
  const flow::PathSample pairs = field.draw(draws, t, generator);
  return floor_from(field.velocity(pairs.x_t.to(at::kFloat), t), pairs.target);
}

/// A weighted sum of independent estimates; one weight each. InputError when the counts differ.
inline LossFloor combined_floor(const std::vector<LossFloor>& parts, const std::vector<double>& weights) {
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

/// The irreducible loss of a conditional network whose labels training hides with probability
/// `hidden` (0.1 in all presets): `(1 - hidden) sum_k share_k floor(samples of digit k) + hidden
/// floor(all)`. The network has separate outputs for both cases, so their losses are mixed, not
/// their fields. labels: (N) integers; `draws` >= 2 pairs for each class that occurs and for all.
/// Errors of ExactField.
inline LossFloor conditional_loss_floor(const flow::ExactField& field, const at::Tensor& labels, double t,
                                        int64_t draws, double hidden, at::Generator& generator) {
  const auto [digits, inverse, counts] = at::_unique2(labels, true, false, true);
  std::vector<LossFloor> parts{loss_floor(field, t, draws, generator)};
  std::vector<double> weights{hidden};
  for (int64_t k = 0; k < digits.numel(); ++k) {
    const flow::ExactField own = field.of_digit(labels, digits[k].item<int64_t>());
    parts.push_back(loss_floor(own, t, draws, generator));
    weights.push_back((1 - hidden) * double(own.size()) / double(field.size()));
  }
  return combined_floor(parts, weights);
}

}  // namespace lf
