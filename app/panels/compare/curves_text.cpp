#include "panels/compare/curves_text.h"

#include <cmath>

#include "panels/training/training_text.h"
#include "widgets/text/text.h"

namespace lf::app::panels {

const ComparedCurve* compared_curves(size_t& count) {
  static const ComparedCurve table[] = {
      {"flow", "flow loss", "Mean squared velocity error on training digits.", &RunCurves::flow},
      {"held_out", "held out", "Mean squared velocity error on test digits.", &RunCurves::flow_test},
      {"autoencoder", "autoencoder", "Loss of the autoencoder.", &RunCurves::autoencoder},
      {"fd", "FD %", "Live scores while training.", &RunCurves::fd}};
  count = sizeof table / sizeof table[0];
  return table;
}

std::string no_curve_sentence(const std::vector<RunCurves>& runs, const ComparedCurve& curve) {
  std::string names;
  for (const RunCurves& run : runs) names += (names.empty() ? "" : " and ") + run.name;
  return names + (runs.size() > 1 ? " have" : " has") + " recorded no '" + curve.label +
         "'. Choose another curve at the top right.";
}

std::string compare_sentence(const std::vector<RunCurves>& runs, Series RunCurves::*series) {
  std::string text;
  size_t best = runs.size();
  double lowest = 0, second = 0;
  for (size_t i = 0; i < runs.size(); ++i) {
    const double value = recent_mean(runs[i].*series, 20);
    if (!std::isfinite(value)) continue;
    text += (text.empty() ? runs[i].name + " ends at " : ", " + runs[i].name + " at ") + short_number(value);
    if (best == runs.size() || value < lowest) {
      second = best == runs.size() ? INFINITY : lowest;
      lowest = value;
      best = i;
    } else if (second == 0 || value < second) {
      second = value;
    }
  }
  if (best == runs.size() || !std::isfinite(second) || second == 0)
    return runs.size() == 2 ? "One of the two runs has no such curve."
                            : "Only one of these runs has such a curve.";
  if (std::abs(second - lowest) < 0.005 * std::abs(lowest))
    return text + (runs.size() > 2 ? ": the two lowest do not differ significantly."
                                   : ": no significant difference.");
  return text + ": " + runs[best].name + " is the lowest.";
}

std::vector<float> digits_seen(const Series& series, int64_t batch) {
  std::vector<float> seen(series.step);
  for (float& step : seen) step *= static_cast<float>(batch);
  return seen;
}

}  // namespace lf::app::panels
