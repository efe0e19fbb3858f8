#include "panels/sweep/sweep_text.h"

#include <algorithm>

#include "base/number_text.h"
#include "base/time_text.h"

namespace lf::app::panels {

std::string score_cell(double value, int decimals, double factor) {
  return value < 0 ? "—" : fixed(factor * value, decimals);
}

std::string mean_cell(const SweepMean& mean, int decimals) {
  const std::string text = score_cell(mean.mean, decimals);
  return mean.deviation < 0 ? text : text + " ± " + fixed(mean.deviation, decimals);
}

std::string state_cell(const SweepRun& run) {
  if (run.state == SweepState::Stopped) return "stopped at " + std::to_string(run.flow_steps);
  if (run.state == SweepState::Running && run.flow_steps > 0)
    return "step " + std::to_string(run.flow_steps) + " of " + std::to_string(run.flow_total);
  return sweep_state_name(run.state);
}

std::string sweep_sentence(const SweepBlock& sweep) {
  const auto ended =
      std::count_if(sweep.runs.begin(), sweep.runs.end(), [](const SweepRun& run) { return run.ended(); });
  if (ended == 0 && !sweep.active) return sweep_estimate_text(sweep.runs.size(), sweep.estimate) + ".";
  std::string text = std::to_string(ended) + " of " + std::to_string(sweep.runs.size()) + " runs have ended";
  if (sweep.active && sweep.estimate.seconds_left >= 0)
    text += ", about " + spoken_duration(sweep.estimate.seconds_left) + " left";
  text += ".";
  const int64_t best = best_combination(sweep.summaries);
  if (best < 0) return text;
  const SweepSummary& winner = sweep.summaries[static_cast<size_t>(best)];
  return text + " Best" + (sweep.active ? " so far" : "") + ": " + point_text(sweep.plan.axes, winner.point) +
         ", FD " + mean_cell(winner.fd, 2) + " %.";
}

std::string run_values(const SweepPlan& plan, const SweepRun& run) {
  std::string text;
  for (size_t i = 0; i < plan.axes.size(); ++i) text += plan.axes[i].values[run.point[i]] + " · ";
  return text + "seed " + std::to_string(run.seed);
}

}  // namespace lf::app::panels
