#include "records/sweep_rule.h"

#include <algorithm>
#include <numeric>

namespace lf::records {
namespace {

double median_of(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  const size_t middle = values.size() / 2;
  return values.size() % 2 == 1 ? values[middle] : 0.5 * (values[middle - 1] + values[middle]);
}

}  // namespace

int64_t sweep_check_step(int64_t check, int64_t total) { return total * (check + 1) / (kSweepChecks + 1); }

bool stopped_by_median(const std::vector<double>& checks, const std::vector<SweepRun>& runs) {
  if (checks.empty()) return false;
  std::vector<double> means;
  for (const auto& run : runs) {
    if (run.state != SweepState::Done || run.checks.size() < checks.size()) continue;
    const auto end = run.checks.begin() + static_cast<std::ptrdiff_t>(checks.size());
    means.push_back(std::accumulate(run.checks.begin(), end, 0.0) / static_cast<double>(checks.size()));
  }
  return means.size() >= kLeastMedianRuns &&
         *std::min_element(checks.begin(), checks.end()) > median_of(means);
}

}  // namespace lf::records
