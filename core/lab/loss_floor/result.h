// Result of the loss by t with its irreducible part.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "lab/result.h"

namespace lf {

/// A mean over random pairs and its standard error.
struct LabEstimate {
  double mean = 0, error = 0;
};

/// The terms of the flow-matching loss; all per coordinate of a latent (standard deviation 1).
struct LabLossParts {
  LabEstimate loss;   ///< E[(v_θ − u)²], u = x1 − (1 − σ_min) x0
  LabEstimate floor;  ///< E[(v* − u)²]: the irreducible loss, that of the best prediction v*
  LabEstimate gap;    ///< E[(v_θ − v*)²]: the part that a better network could still remove
};

/// Loss, irreducible loss and gap at some times, by class label.
struct LabLossFloor : LabResult {
  static constexpr size_t kGroups = 11;  ///< labels 0..9, and unconditional

  int64_t latents = 0, latents_total = 0;  ///< the pairs come from the first `latents` training digits
  double hidden = 1;                       ///< share of training digits whose label is hidden; 1: all
  int64_t draws = 0;                       ///< pairs (x0, x1) at each time so far
  std::vector<float> t;                    ///< (T) ascending, the middles of T equal parts of 0..1
  std::vector<float> time_share;           ///< (T) share of the training times in each part
  std::vector<LabLossParts> all;           ///< (T) weighted like training over classes and hidden labels
  std::vector<LabLossParts> groups;        ///< (T · kGroups); a class that does not occur stays 0
  LabLossParts mean;                       ///< of `all`, by time_share
  std::array<LabLossParts, kGroups> group_means{};  ///< of `groups`, by time_share

  /// One row for every time and group, "all" first.
  LabTable table() const override;
  LabFigure figure() const override;
};

}  // namespace lf
