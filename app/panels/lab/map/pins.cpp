// Beside the map: the two pinned digits, and the width of the classes.
#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "base/classes.h"
#include "panels/lab/map/parts.h"
#include "widgets/control/button.h"
#include "widgets/plot/class_bars.h"
#include "widgets/text/text.h"

namespace lf::app::panels {

int64_t pinned_digit(const PanelContext& c, const char* which) {
  const std::string initial = std::string(which) == "a" ? "7" : "8";
  return std::strtoll(c.view.text(lab_argument_key("interpolation", which), initial).c_str(), nullptr, 10);
}

bool is_encoded(const LabMap& map, int64_t index) {
  return index >= 0 && index < static_cast<int64_t>(map.train.labels.size());
}

LabMapCache::Pin place_of_pin(const PanelContext& c, const LabMap& map, const char* which) {
  const int64_t index = pinned_digit(c, which);
  LabMapCache::Pin& kept = c.cache.lab_map.pins[which];
  if (is_encoded(map, index)) {
    const auto i = static_cast<size_t>(index);
    kept = {index, map.train.points[2 * i], map.train.points[2 * i + 1], map.train.labels[i]};
  }
  return kept.index == index ? kept : LabMapCache::Pin{index, 0, 0, -1};
}

namespace {

void draw_pin(const PanelContext& c, Rect area, const LabMap& map, const char* which, const char* letter,
              size_t picture) {
  const int64_t index = pinned_digit(c, which);
  const bool known = is_encoded(map, index);
  const int label = place_of_pin(c, map, which).label;
  const Rect words = area.take_bottom(c.px(20));
  const float side = std::min(area.w, area.h);
  digit_tile(c.ui, {area.center().x - 0.5f * side, area.bottom() - side, side, side},
             c.cache.lab_map.pictures, picture, {label});
  draw_text(c.ui, words, Type::Small, c.theme().text2,
            std::string(letter) + (known ? " · #" + std::to_string(index) : " · being encoded"),
            Align::Center);
  readout(c.ui, area,
          {std::string("lab.map.pin.") + which, std::string("Pinned digit ") + letter,
           "The training digit pinned by the " + std::string(which[0] == 'a' ? "second-last" : "last") +
               " click.",
           known ? std::to_string(index) : "being encoded", ""});
}

}  // namespace

void draw_map_pins(const PanelContext& c, const LabMap& map) {
  CardBody parts = card(c.ui, c.area, {"lab.map.pins", "Pinned", "click two points", "", {}});
  const Rect press = parts.body.take_bottom(c.px(30), c.px(10));
  const auto halves = columns(parts.body, {1, 1}, c.px(12));
  draw_pin(c, halves[0], map, "a", "A", 1);
  draw_pin(c, halves[1], map, "b", "B", 2);
  if (button(c.ui, press,
             {"lab.map.between", "Interpolate", "Opens the interpolation between the two digits.", "", ""}))
    c.view.set("latent.tool", std::string("interpolation"));
}

void draw_map_spread(const PanelContext& c, const LabMap& map) {
  const CardBody parts = card(c.ui, c.area,
                              {"lab.map.spread",
                               "Standard deviation by class",
                               "in the plane",
                               "Root mean square distance of a class's digits from their mean.",
                               {}});
  ClassBarsSpec bars;
  bars.info = {
      "lab.map.spread.bars", "Standard deviation by class",
      "Root mean square distance of a class's training digits from their mean on this map, in units of "
      "the axes.",
      "", ""};
  double x[kClasses] = {}, y[kClasses] = {}, square[kClasses] = {}, n[kClasses] = {};
  for (size_t i = 0; i < map.train.labels.size(); ++i) {
    const size_t k = map.train.labels[i] % kClasses;
    const double px = map.train.points[2 * i], py = map.train.points[2 * i + 1];
    x[k] += px, y[k] += py, square[k] += px * px + py * py, n[k] += 1;
  }
  for (size_t k = 0; k < kClasses; ++k) {
    const double count = std::max(1.0, n[k]), mx = x[k] / count, my = y[k] / count;
    const double spread = std::sqrt(std::max(0.0, square[k] / count - mx * mx - my * my));
    bars.values.push_back(spread);
    bars.colours.push_back(c.theme().digits[k]);
    bars.labels.push_back(std::to_string(k));
    bars.figures.push_back(fixed(spread, 1));
    bars.high = std::max(bars.high, 1.15 * spread);
  }
  class_bars(c.ui, parts.body, bars);
}

}  // namespace lf::app::panels
