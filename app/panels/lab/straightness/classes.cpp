// Four measures of a trajectory's straightness: by class, and as a distribution.
#include "base/classes.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "panels/lab/straightness/parts.h"
#include "widgets/plot/class_bars.h"
#include "widgets/plot/plot.h"
#include "widgets/text/text.h"

namespace lf::app::panels {
namespace {

constexpr const char* kMeasureKey = "lab.straightness.measure";

/// A property of a trajectory, as a number for each digit.
struct Measure {
  const char *id, *label, *unit, *tooltip, *meaning;
};
constexpr Measure kMeasures[] = {
    {"detour", "detour", "%", "Path length beyond the straight line from its start to its end, in %.",
     "longer than the straight line"},
    {"turned", "turned", "°", "Total turning angle of the trajectory, in degrees.", "total turning angle"},
    {"uneven", "uneven", "%",
     "Squared deviation of the velocity from the constant straight one, in % of the squared chord. It "
     "includes bends and changes of speed. One Euler step is exact only where this is 0.",
     "of the squared chord"},
    {"cost", "cost", "",
     "Squared distance from noise to digit, summed over 64 coordinates; independent pairs have 128.",
     "squared distance from start to end"}};

const Measure& chosen_measure(const PanelContext& c) {
  const std::string id = c.view.text(kMeasureKey, "detour");
  for (const Measure& m : kMeasures) {
    if (id == m.id) return m;
  }
  return kMeasures[0];
}

std::vector<float> values_of(const LabStraightness& found, const Measure& measure) {
  const std::string id = measure.id;
  if (id == "turned") return found.turned;
  if (id == "cost") return found.cost;
  std::vector<float> values = id == "detour" ? found.ratio : found.deviation;
  for (float& v : values) v = 100 * (id == "detour" ? v - 1 : v);
  return values;
}

std::string figure(double value, const Measure& measure) {
  return fixed(value, value < 9.95 ? 1 : 0) + measure.unit;
}

}  // namespace

double straightness_mean(const std::vector<float>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

std::vector<float> straightness_detours(const LabStraightness& found) {
  return values_of(found, kMeasures[0]);
}

void draw_straightness_classes(const PanelContext& c, const LabStraightness& found) {
  const Measure& measure = chosen_measure(c);
  const std::vector<float> values = values_of(found, measure);
  CardSpec spec{"lab.straightness.classes", "By class", measure.meaning, "", {}};
  for (const Measure& m : kMeasures)
    spec.chips.push_back({{std::string("lab.straightness.") + m.id, m.label, m.tooltip, "", ""},
                          m.id == std::string(measure.id),
                          true});
  const CardBody parts = card(c.ui, c.area, spec);
  if (parts.clicked >= 0) c.view.set(kMeasureKey, std::string(kMeasures[parts.clicked].id));
  if (found.labels[0] >= kClasses)
    return empty_state(c.ui, parts.body, "No classes",
                       "No class labels: the network is unconditional, or the guidance is 0.");
  double sum[kClasses] = {}, count[kClasses] = {};
  for (size_t i = 0; i < values.size(); ++i) sum[found.labels[i]] += values[i], ++count[found.labels[i]];
  ClassBarsSpec bars;
  bars.info = {"lab.straightness.bars", "Means by class", measure.tooltip, measure.id, ""};
  double most = 1e-6;
  for (size_t k = 0; k < kClasses; ++k) {
    bars.values.push_back(sum[k] / std::max(1.0, count[k]));
    bars.colours.push_back(c.theme().digits[k]);
    bars.labels.push_back(std::to_string(k));
    bars.figures.push_back(figure(bars.values.back(), measure));
    most = std::max(most, bars.values.back());
  }
  bars.high = 1.12 * most;
  bars.expected = straightness_mean(values), bars.expected_word = "mean " + figure(bars.expected, measure);
  class_bars(c.ui, parts.body, bars);
}

void draw_straightness_spread(const PanelContext& c, const LabStraightness& found) {
  constexpr size_t kBins = 16;
  const Measure& measure = chosen_measure(c);
  std::vector<float> values = values_of(found, measure);
  values.erase(std::remove_if(values.begin(), values.end(), [](float v) { return !std::isfinite(v); }),
               values.end());
  const CardBody parts = card(c.ui, c.area,
                              {"lab.straightness.distribution",
                               std::string("Distribution"),
                               std::string(measure.label) + ", " + counted(found.digits, "digit"),
                               "",
                               {}});
  if (values.empty()) return;
  const float low = *std::min_element(values.begin(), values.end()),
              high = std::max(low + 1e-3f, *std::max_element(values.begin(), values.end()));
  const float width = (high - low) / kBins;
  std::vector<float> x, y(kBins, 0);
  for (size_t b = 0; b < kBins; ++b) x.push_back(low + (static_cast<float>(b) + 0.5f) * width);
  for (const float v : values) ++y[std::min(kBins - 1, static_cast<size_t>((v - low) / width))];
  PlotSpec spec;
  spec.info = {"lab.straightness.histogram", "Distribution",
               std::string("Number of digits for each value. ") + measure.tooltip, "", ""};
  spec.x_unit = *measure.unit ? measure.unit : "squared distance", spec.y_unit = "digits";
  spec.bars = true, spec.legend = false;
  spec.x_low = low, spec.x_high = high;
  spec.y_low = 0, spec.y_high = 1.1 * *std::max_element(y.begin(), y.end());
  spec.curves = {{measure.label, c.theme().flow, x.data(), y.data(), kBins}};
  spec.marks = {{"mean", c.theme().text2, straightness_mean(values), 1.6f}};
  plot(c.ui, parts.body, c.cache.plots["lab.straightness.histogram"], spec);
}

}  // namespace lf::app::panels
