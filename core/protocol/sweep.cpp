#include "protocol/sweep.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <tuple>

#include "base/command_words.h"
#include "base/errors.h"
#include "base/printed.h"
#include "base/time_text.h"
#include "protocol/mean_deviation.h"

namespace lf {
namespace {

const std::vector<std::string>& state_names() {
  static const std::vector<std::string> names{"waiting", "running", "done", "stopped", "diverged", "failed"};
  return names;
}

SweepMean mean_of(const std::vector<double>& values) {
  const MeanDeviation all = mean_deviation(values);
  return {all.count > 0 ? all.mean : -1, all.count > 1 ? all.deviation : -1};
}

/// The measured values of a combination's finished runs.
std::vector<double> values_of(const std::vector<SweepRun>& runs, const SweepPoint& point,
                              double SweepRun::*value) {
  std::vector<double> values;
  for (const auto& run : runs)
    if (run.point == point && run.state == SweepState::Done && run.*value >= 0) values.push_back(run.*value);
  return values;
}

}  // namespace

const char* sweep_state_name(SweepState state) { return state_names()[static_cast<size_t>(state)].c_str(); }

SweepState sweep_state_of(const std::string& name) {
  const auto& names = state_names();
  const auto found = std::find(names.begin(), names.end(), name);
  if (found == names.end())
    throw InputError("unknown state '" + name + "' of a run; known are " + joined_names(names));
  return static_cast<SweepState>(found - names.begin());
}

std::vector<SweepSummary> summarise_sweep(const std::vector<SweepRun>& runs) {
  std::vector<SweepSummary> summaries;
  for (const auto& run : runs) {
    auto found = std::find_if(summaries.begin(), summaries.end(),
                              [&](const SweepSummary& summary) { return summary.point == run.point; });
    if (found == summaries.end())
      found = summaries.insert(found, SweepSummary{run.point, 0, 0, {}, {}, {}, {}});
    if (run.state == SweepState::Done) ++found->done;
    if (run.ended() && run.state != SweepState::Done) ++found->others;
  }
  for (auto& summary : summaries) {
    summary.fd = mean_of(values_of(runs, summary.point, &SweepRun::fd));
    summary.accuracy = mean_of(values_of(runs, summary.point, &SweepRun::accuracy));
    summary.psnr = mean_of(values_of(runs, summary.point, &SweepRun::psnr));
    summary.seconds = mean_of(values_of(runs, summary.point, &SweepRun::seconds));
  }
  return summaries;
}

std::vector<size_t> ranked_runs(const std::vector<SweepRun>& runs) {
  std::vector<size_t> order(runs.size());
  std::iota(order.begin(), order.end(), size_t{0});
  const auto key = [&](size_t index) {
    const SweepRun& run = runs[index];
    const bool scored = run.state == SweepState::Done && run.fd >= 0;
    const int group = scored ? 0 : run.ended() ? 1 : run.state == SweepState::Running ? 2 : 3;
    const double early = run.checks.empty() ? HUGE_VAL : run.checks.back();
    return std::tuple(group, scored ? run.fd : group == 1 ? early : 0, index);
  };
  std::sort(order.begin(), order.end(), [&](size_t a, size_t b) { return key(a) < key(b); });
  return order;
}

int64_t best_combination(const std::vector<SweepSummary>& summaries) {
  int64_t best = -1;
  for (size_t i = 0; i < summaries.size(); ++i) {
    if (summaries[i].fd.mean < 0) continue;
    const auto& now = summaries[i];
    const auto& before = summaries[static_cast<size_t>(std::max<int64_t>(0, best))];
    const bool better =
        best < 0 || now.done > before.done || (now.done == before.done && now.fd.mean < before.fd.mean);
    if (better) best = static_cast<int64_t>(i);
  }
  return best;
}

std::string sweep_state_text(const SweepRun& run) {
  const std::string name = sweep_state_name(run.state);
  if (run.state == SweepState::Stopped)
    return "stopped at step " + with_thousands(run.flow_steps) + " of " + with_thousands(run.flow_total) +
           " by the median rule";
  return run.note.empty() ? name : name + ": " + run.note;
}

std::string sweep_estimate_text(size_t runs, const SweepEstimate& estimate) {
  std::string text = std::to_string(runs) + (runs == 1 ? " run" : " runs");
  if (estimate.run_seconds >= 0)
    text += ", about " + spoken_duration(estimate.run_seconds * static_cast<double>(runs));
  const bool large = estimate.bytes >= 1e8;
  if (estimate.bytes > 0)
    text += ", " +
            (large ? printed("%.1f GB", estimate.bytes / 1e9) : printed("%.0f MB", estimate.bytes / 1e6)) +
            " on the disk";
  return text;
}

}  // namespace lf
