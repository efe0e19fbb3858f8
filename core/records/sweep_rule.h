// The median rule: which runs of a sweep end before their last step.
#pragma once

#include <cstdint>
#include <vector>

#include "protocol/sweep.h"

namespace lf::records {

inline constexpr int64_t kSweepChecks = 3;          ///< in a run, at equal distances
inline constexpr size_t kLeastMedianRuns = 3;       ///< finished before the rule applies
inline constexpr int64_t kSweepCheckSamples = 500;  ///< of a score within a run

/// The flow step of check `check` (from 0) of a run of `total` steps.
int64_t sweep_check_step(int64_t check, int64_t total);

/// True if a run with these scores (FD%) at its first checks is worse than the finished ones: its best score
/// is above the median of their means over as many checks (Golovin et al. 2017, "Google Vizier",
/// section 3.1). False with fewer than kLeastMedianRuns finished runs.
bool stopped_by_median(const std::vector<double>& checks, const std::vector<SweepRun>& runs);

}  // namespace lf::records
