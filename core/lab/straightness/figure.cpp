// Figure of straightness: turning along t, trajectories in a plane, results of few steps.
#include <algorithm>
#include <cmath>
#include <string>

#include "base/classes.h"
#include "lab/straightness/result.h"

namespace lf {
namespace {

/// Means over the digits of each class; NaN where none was conditioned on it.
std::vector<double> class_means(const LabStraightness& found, const std::vector<float>& values, double factor,
                                double shift) {
  std::vector<double> sum(kClasses), count(kClasses);
  for (size_t i = 0; i < values.size() && i < found.labels.size(); ++i)
    if (found.labels[i] < kClasses)
      sum[found.labels[i]] += factor * (static_cast<double>(values[i]) - shift), ++count[found.labels[i]];
  for (size_t k = 0; k < kClasses; ++k) sum[k] = count[k] > 0 ? sum[k] / count[k] : std::nan("");
  return sum;
}

double straight_mean(const std::vector<float>& values) {
  double sum = 0;
  for (const float value : values) sum += static_cast<double>(value);
  return values.empty() ? 0 : sum / static_cast<double>(values.size());
}

LabPlot turning_plot(const LabStraightness& found) {
  LabPlot plot{"t", "degrees per unit of t", {}};
  const size_t n = found.t.size();
  for (size_t k = 0; k < kClasses && found.class_turning.size() >= kClasses * n; ++k) {
    const auto first = found.class_turning.begin() + static_cast<std::ptrdiff_t>(k * n);
    plot.curves.push_back(
        {std::to_string(k), static_cast<int>(k), found.t, {first, first + static_cast<std::ptrdiff_t>(n)}});
  }
  plot.curves.push_back({"all", kToneText, found.t, found.turning});
  return plot;
}

LabCloud trajectory_cloud(const LabStraightness& found) {
  LabCloud cloud{"first principal axis", "second principal axis", {}, {}};
  const size_t states = found.state_t.size();
  for (size_t i = 0; i < static_cast<size_t>(found.followed) && (i + 1) * states * 2 <= found.points.size();
       ++i) {
    const auto first = found.points.begin() + static_cast<std::ptrdiff_t>(2 * i * states);
    const uint8_t label = i < found.labels.size() ? found.labels[i] : kNoClass;
    cloud.paths.push_back({label < kClasses ? label : static_cast<int>(kToneBlue),
                           {first, first + static_cast<std::ptrdiff_t>(2 * states)},
                           true});
  }
  return cloud;
}

}  // namespace

LabFigure LabStraightness::figure() const {
  LabFigure figure;
  if (ratio.empty() || t.empty()) return figure;
  LabImages images;
  images.columns = static_cast<int>(shown);
  images.sheet = pictures;
  for (const LabCoarse& c : coarse)
    images.row_names.push_back("Euler, " + std::to_string(c.steps) + (c.steps == 1 ? " step" : " steps"));
  images.row_names.push_back(reference);
  const size_t most = static_cast<size_t>(std::max_element(turning.begin(), turning.end()) - turning.begin());
  figure.answer = "The trajectories of " + std::to_string(digits) + " digits are on average " +
                  fixed_text(100 * (straight_mean(ratio) - 1), 1) +
                  " % longer than straight lines and turn by " + fixed_text(straight_mean(turned), 0) +
                  " degrees, most at t = " + fixed_text(t[most], 2) + ".";
  for (const LabCoarse& c : coarse)
    if (c.steps == 1)
      figure.answer += " With one Euler step, images differ by " + fixed_text(100 * c.pixel_error, 1) +
                       " % per pixel from the fine solution.";
  figure.rows = {{{"Turning along t", "mean of the digits of each class", turning_plot(*this)},
                  {"Trajectories", fixed_text(100 * in_plane, 0) + " % of their variance is in this plane",
                   trajectory_cloud(*this)}}};
  LabPanel few{"Few steps", "the same noise", images, 1.5};
  if (class_turning.empty())
    figure.rows.push_back({few});
  else
    figure.rows.push_back(
        {few,
         {"Detour by class", "path length beyond a straight line",
          LabBars{"% longer", class_names(), {{"", kToneText, class_means(*this, ratio, 100, 1)}}}}});
  return figure;
}

}  // namespace lf
