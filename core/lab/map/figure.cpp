// Figure of the map: digits by class, and trajectories from noise to them.
#include <string>

#include "base/classes.h"
#include "lab/map/result.h"

namespace lf {
namespace {

/// At most `most` digits, evenly taken.
LabCloud digit_cloud(const LabMap& found, const LabMapCloud& from, size_t most) {
  LabCloud cloud{"first of the " + found.axes, "second", {}, {}};
  const size_t n = from.labels.size(), step = 1 + n / (most + 1);
  for (size_t i = 0; i < n; i += step) {
    cloud.points.insert(cloud.points.end(), {from.points[2 * i], from.points[2 * i + 1]});
    cloud.labels.push_back(from.labels[i]);
  }
  return cloud;
}

/// Draws of the prior, and how digits flow from there.
LabCloud map_flow_cloud(const LabMap& found) {
  LabCloud cloud{"first of the " + found.axes, "second", found.prior,
                 std::vector<uint8_t>(found.prior.size() / 2, kNoClass)};
  const size_t n = found.flowing_labels.size(), states = found.t.size();
  for (size_t i = 0; i < n && found.flowing.size() >= 2 * n * states; i += 1 + n / 60) {
    LabCloud::Path path{
        found.flowing_labels[i] < kClasses ? found.flowing_labels[i] : static_cast<int>(kToneBlue), {}, true};
    for (size_t s = 0; s < states; ++s)
      path.points.insert(path.points.end(),
                         {found.flowing[2 * (s * n + i)], found.flowing[2 * (s * n + i) + 1]});
    cloud.paths.push_back(path);
  }
  return cloud;
}

}  // namespace

LabFigure LabMap::figure() const {
  LabFigure figure;
  if (train.labels.empty()) return figure;
  figure.answer = std::to_string(train.labels.size()) + " training digits along the two " + axes +
                  ", which show " + fixed_text(100 * share, 0) + " % of the latents' variance.";
  if (mean_accuracy >= 0)
    figure.answer += " In all 64 dimensions, the nearest class mean predicts the class of " +
                     fixed_text(100 * mean_accuracy, 1) + " % of the test digits.";
  constexpr size_t kMostDrawn = 12000;
  figure.rows = {{{"Training digits", "by class", digit_cloud(*this, train, kMostDrawn)}}};
  if (!flowing_labels.empty() && !t.empty())
    figure.rows[0].push_back(
        {"From noise to digit", "grey: noise; trajectories by class", map_flow_cloud(*this)});
  else if (!test.labels.empty())
    figure.rows[0].push_back({"Test digits", "by class", digit_cloud(*this, test, kMostDrawn)});
  return figure;
}

}  // namespace lf
