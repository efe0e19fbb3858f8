// The trajectories of samples as a table: columns digit, label, step, t, z0 … z63, one row for
// every state of every digit.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <string>

#include "flow/integrate.h"

namespace lf::preview {

/// Maximum number of digits of one table: 17 states of 1,000 digits are about 15 MB.
constexpr int64_t kMostTrajectories = 1000;

/// Collects the rows. z are the standardised latents in row-major order (4, 4, 4), written so that
/// they read back as the same numbers: the last state of a digit, decoded, is its image.
class TrajectoryTable {
 public:
  /// `path` of digits `first`, first + 1, …; labels (B) int64, 10: unconditional.
  void add(const flow::Trajectory& path, const at::Tensor& labels, int64_t first);
  /// Throws RunError.
  void write(const std::string& path) const;

 private:
  std::string rows_;
};

}  // namespace lf::preview
