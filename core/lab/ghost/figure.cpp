// Figure of the endpoint estimate: film strips, entropy of the class, share of decided digits.
#include <algorithm>
#include <cmath>
#include <string>

#include "base/classes.h"
#include "base/image_sheet.h"
#include "lab/ghost/result.h"

namespace lf {
namespace {

/// The first digits at some times, a row for each digit.
LabImages strip_of(const LabGhost& found, const ImageSheet& images) {
  LabImages strip;
  const std::vector<size_t> states = spread_indices(found.t.size(), 9);
  const auto rows = static_cast<size_t>(std::min<int64_t>(10, found.digits));
  strip.columns = static_cast<int>(states.size());
  for (const size_t s : states) strip.column_names.push_back(fixed_text(found.t[s], 2));
  for (size_t d = 0; d < rows; ++d)
    for (const size_t s : states) {
      strip.sheet.append(images, s * static_cast<size_t>(found.digits) + d, 1);
      strip.labels.push_back(found.seen[s * static_cast<size_t>(found.digits) + d]);
    }
  return strip;
}

/// Share of digits whose class does not change any more from t on, in percent.
LabCurve decided_curve(const LabGhost& found) {
  LabCurve curve{"", kToneBlue, found.t, {}};
  for (const float t : found.t) {
    const auto n = std::count_if(found.decided.begin(), found.decided.end(), [t](float d) { return d <= t; });
    curve.y.push_back(100 * static_cast<float>(n) / static_cast<float>(found.decided.size()));
  }
  return curve;
}

/// Mean entropy of the digits that end as each class.
std::vector<LabCurve> entropy_curves(const LabGhost& found) {
  std::vector<LabCurve> curves;
  const auto n = static_cast<size_t>(found.digits), last = found.t.size() - 1;
  for (size_t k = 0; k < kClasses; ++k) {
    LabCurve curve{std::to_string(k), static_cast<int>(k), found.t, {}};
    for (size_t s = 0; s < found.t.size(); ++s) {
      double sum = 0, count = 0;
      for (size_t d = 0; d < n; ++d)
        if (found.seen[last * n + d] == k) sum += static_cast<double>(found.entropy[s * n + d]), ++count;
      curve.y.push_back(static_cast<float>(count > 0 ? sum / count : std::nan("")));
    }
    curves.push_back(curve);
  }
  curves.push_back({"all", kToneText, found.t, found.mean_entropy});
  return curves;
}

}  // namespace

LabFigure LabGhost::figure() const {
  LabFigure figure;
  if (t.empty() || decided.empty()) return figure;
  std::vector<float> sorted = decided;
  std::sort(sorted.begin(), sorted.end());
  figure.answer = "Half of the " + std::to_string(digits) +
                  " digits keep their class from t = " + fixed_text(sorted[(sorted.size() - 1) / 2], 2) +
                  " on, 90 % from t = " + fixed_text(sorted[(sorted.size() - 1) * 9 / 10], 2) +
                  ". Along the trajectory the class changes " +
                  fixed_text(static_cast<double>(switches) / static_cast<double>(digits), 1) +
                  " times per digit.";
  figure.rows = {
      {{"State x(t)", "decoded; columns are t", strip_of(*this, states)},
       {"Endpoint estimate", "of x(1) from x(t); underlined: predicted class", strip_of(*this, guesses)}},
      {{"Uncertainty by time", "entropy of the class, by the class at t = 1",
        LabPlot{"t", "bits", entropy_curves(*this)}},
       {"Decided digits", "the class no longer changes",
        LabPlot{"t", "% of the digits", {decided_curve(*this)}}}}};
  return figure;
}

}  // namespace lf
