// The irreducible part of the flow-matching loss.
#pragma once

#include <ATen/core/Generator.h>
#include <ATen/core/Tensor.h>

#include <cstdint>
#include <vector>

#include "flow/exact_field.h"

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
LossFloor floor_from(const at::Tensor& best, const at::Tensor& target);

/// The irreducible loss at time t in [0, 1] of an unconditional network, from `draws` >= 2 pairs.
/// One call processes all of the data; in slices: ExactField::draw, ExactFieldSum, floor_from. For
/// one sample of standard deviation s it is the mean over coordinates of s^2 / D.
LossFloor loss_floor(const ExactField& field, double t, int64_t draws, at::Generator& generator);

/// A weighted sum of independent estimates; one weight each. InputError when the counts differ.
LossFloor combined_floor(const std::vector<LossFloor>& parts, const std::vector<double>& weights);

/// The irreducible loss of a conditional network whose labels training hides with probability
/// `hidden` (0.1 in all presets): `(1 - hidden) sum_k share_k floor(samples of digit k) + hidden
/// floor(all)`. The network has separate outputs for both cases, so their losses are mixed, not
/// their fields. labels: (N) integers; `draws` >= 2 pairs for each class that occurs and for all.
/// Errors of ExactField.
LossFloor conditional_loss_floor(const ExactField& field, const at::Tensor& labels, double t, int64_t draws,
                                 double hidden, at::Generator& generator);

}  // namespace lf
