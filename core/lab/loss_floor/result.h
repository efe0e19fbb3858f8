// What the tool "Loss by t with its floor" publishes.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "lab/result.h"

namespace lf {

/// A mean over random draws and the standard error of it.
struct LabEstimate {
  double mean = 0, error = 0;
};

/// The flow-matching loss taken apart; all per coordinate of a latent (deviation 1).
struct LabLossParts {
  LabEstimate loss;   ///< E[(v_θ − u)²], u = x1 − (1 − σ_min) x0
  LabEstimate floor;  ///< E[(v* − u)²]: what even the best answer v* leaves
  LabEstimate gap;    ///< E[(v_θ − v*)²]: what a better network could still remove
};

/// "Why does the loss never reach zero?": loss, floor and gap at some times, by what the net is told.
struct LabLossFloor : LabResult {
  static constexpr size_t kGroups = 11;  ///< told a digit 0..9, and told none

  int64_t latents = 0, latents_total = 0;  ///< the pairs come from the first `latents` training digits
  double hidden = 1;                       ///< share of training digits whose label is hidden; 1: all
  int64_t draws = 0;                       ///< pairs (x0, x1) at each time so far
  std::vector<float> t;                    ///< (T) ascending, the middles of T equal parts of 0..1
  std::vector<float> time_share;           ///< (T) share of the training times that fall into each part
  std::vector<LabLossParts> all;           ///< (T) as training weighs digits and hidden labels
  std::vector<LabLossParts> groups;        ///< (T · kGroups); a digit that does not occur stays 0
  LabLossParts mean;                       ///< of `all`, by time_share
  std::array<LabLossParts, kGroups> group_means{};  ///< of `groups`, by time_share

  /// One row for every time and group, "all" first.
  LabTable table() const override;
  LabFigure figure() const override;
};

}  // namespace lf
