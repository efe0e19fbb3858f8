// "How straight are the ways?": where paths turn, how much longer than a straight line they are, in a plane,
// and what few steps make of them.
#include "messages/lab_straightness.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "panels/lab_panels.h"
#include "widgets/class_bars.h"
#include "widgets/image_grid.h"
#include "widgets/plot.h"
#include "widgets/scatter_map.h"
#include "widgets/text.h"

namespace lf {
namespace {

constexpr size_t kClasses = 10;
constexpr const char* kMeasureKey = "lab.straightness.measure";

/// A property of a path, as a number for each digit.
struct Measure {
  const char *id, *label, *unit, *tooltip, *meaning;
};
constexpr Measure kMeasures[] = {
    {"detour", "detour", "%", "How much longer the path is than the straight line from its start to its end.",
     "longer than the straight line"},
    {"turned", "turned", "°", "All the angles that the path turns by on the whole way, added up.",
     "turned on the whole way"},
    {"uneven", "uneven", "%",
     "Squared deviation of the velocity from the one straight constant one, by the squared chord: bends and "
     "changes of speed together. Only where this is 0 one Euler step is exact.",
     "of the squared chord"},
    {"cost", "cost", "",
     "Squared distance from the noise to the digit, added over 64 coordinates; pairs made by chance have "
     "128.",
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

double mean_of(const std::vector<float>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

std::string figure(double value, const Measure& measure) {
  return fixed(value, value < 9.95 ? 1 : 0) + measure.unit;
}

std::string answer(const LabStraightness& found) {
  const double detour = mean_of(values_of(found, kMeasures[0])), turned = mean_of(found.turned);
  const auto most = std::max_element(found.turning.begin(), found.turning.end()) - found.turning.begin();
  return "The ways are on average " + fixed(detour, 1) + " % longer than straight lines and turn by " +
         fixed(turned, 0) + "° in all, fastest at t = " + fixed(found.t[static_cast<size_t>(most)], 2) +
         "; from noise to digit the squared distance is " + fixed(mean_of(found.cost), 0) +
         " (128 for pairs by chance).";
}

/// The digit followed: the one selected anywhere, among those with a path of their own.
size_t digit_of(const PanelContext& c, const LabStraightness& found) {
  return static_cast<size_t>(std::clamp(c.view.selected, 0, static_cast<int>(found.followed) - 1));
}

Color colour_of(const PanelContext& c, const LabStraightness& found, size_t digit) {
  const uint8_t label = found.labels[digit];
  return label < kClasses ? c.theme().digits[label] : c.theme().flow;
}

void draw_turning(const PanelContext& c, const Rect& area, const LabStraightness& found, size_t digit) {
  const size_t n = found.t.size();
  PlotSpec spec;
  spec.info = {"lab.straightness.turning", "Turning along t",
               "Degrees by which the direction of the path turns, per unit of t: the mean of all digits, the "
               "digit chosen, and the classes. A click moves t.",
               "", ""};
  spec.x_unit = "t", spec.y_unit = "° per unit of t";
  spec.x_low = 0, spec.x_high = 1;
  const bool classes = c.view.on("lab.straightness.classes", true) && !found.class_turning.empty();
  for (size_t k = 0; classes && k < kClasses; ++k) {
    spec.curves.push_back({std::to_string(k), fade(c.theme().digits[k], 0.75f), found.t.data(),
                           &found.class_turning[k * n], n, 0, 1.1f});
    spec.curves.back().in_legend = false;  // the bars below name the colours
  }
  spec.curves.push_back(
      {"this digit", colour_of(c, found, digit), found.t.data(), &found.own_turning[digit * n], n, 0, 2.2f});
  spec.curves.back().dashed = true;
  spec.curves.push_back({"mean of all", c.theme().text, found.t.data(), found.turning.data(), n, 0, 2.4f});
  float top = 1;
  for (const PlotCurve& curve : spec.curves) top = std::max(top, *std::max_element(curve.y, curve.y + n));
  spec.y_low = 0, spec.y_high = 1.08 * top;
  spec.marks = {{"", fade(c.theme().accent, 0.9f), c.view.t, 2}};
  PlotState& state = c.cache.plots["lab.straightness.turning"];
  plot(c.ui, area, state, spec);
  click_moves_t(c, state);
}

/// All followed paths, and last the straight way of the digit chosen at a constant speed.
std::vector<ScatterPath> paths_of(const PanelContext& c, const LabStraightness& found, size_t digit) {
  const size_t states = found.state_t.size();
  std::vector<ScatterPath> paths(static_cast<size_t>(found.followed) + 1);
  const auto at = [&](size_t i, size_t s) {
    const float* p = &found.points[2 * (i * states + s)];
    return ImVec2(p[0], p[1]);
  };
  for (size_t i = 0; i + 1 < paths.size(); ++i) {
    paths[i].colour = colour_of(c, found, i);
    paths[i].quiet = i >= 20 && i != digit;
    for (size_t s = 0; s < states; ++s) paths[i].points.push_back(at(i, s));
  }
  const ImVec2 from = at(digit, 0), to = at(digit, states - 1);
  paths.back().colour = c.theme().text2;
  for (const float t : found.state_t)
    paths.back().points.push_back({from.x + t * (to.x - from.x), from.y + t * (to.y - from.y)});
  return paths;
}

void draw_plane(const PanelContext& c, const LabStraightness& found, size_t digit) {
  const bool low = c.area.h / c.ui.scale < 200;
  const CardBody parts =
      card(c.ui, c.area,
           {"lab.straightness.plane",
            "The ways in a plane",
            "2 principal axes of 64, " + fixed(100 * found.in_plane, 0) + " % of the variance",
            low ? "" : "Grey: the digit chosen, had it gone straight on at a constant speed.",
            {}});
  const auto paths = paths_of(c, found, digit);
  ScatterSpec spec;
  spec.info = {
      "lab.straightness.paths", "Paths",
      "Paths from noise (ring) to digit, in the plane in which they spread most; the disc is where each "
      "is at t. Grey: the digit chosen, had it gone straight on at a constant speed. Rest the mouse on one, "
      "click to "
      "follow it. Wheel zooms, dragging moves.",
      counted(found.followed, "path"), ""};
  spec.paths = &paths;
  spec.state = c.view.t * static_cast<float>(found.state_t.size() - 1);
  spec.selected = static_cast<int>(digit);
  const ScatterResult r = scatter_map(c.ui, parts.body, c.cache.maps["lab.straightness.paths"], spec);
  if (r.clicked && r.hovered >= 0 && r.hovered < found.followed) c.view.selected = r.hovered;
}

/// The bars of all classes; which property they show is chosen in the head.
void draw_classes(const PanelContext& c, const LabStraightness& found) {
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
                       "Nobody asked for a digit: the net knows no labels, or the guidance is 0.");
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
  bars.expected = mean_of(values), bars.expected_word = "mean " + figure(bars.expected, measure);
  class_bars(c.ui, parts.body, bars);
}

void draw_distribution(const PanelContext& c, const LabStraightness& found) {
  constexpr size_t kBins = 16;
  const Measure& measure = chosen_measure(c);
  std::vector<float> values = values_of(found, measure);
  values.erase(std::remove_if(values.begin(), values.end(), [](float v) { return !std::isfinite(v); }),
               values.end());
  const CardBody parts = card(c.ui, c.area,
                              {"lab.straightness.distribution",
                               std::string("How they differ"),
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
               std::string("How many digits have how much of it. ") + measure.tooltip, "", ""};
  spec.x_unit = *measure.unit ? measure.unit : "squared distance", spec.y_unit = "digits";
  spec.bars = true, spec.legend = false;
  spec.x_low = low, spec.x_high = high;
  spec.y_low = 0, spec.y_high = 1.1 * *std::max_element(y.begin(), y.end());
  spec.curves = {{measure.label, c.theme().flow, x.data(), y.data(), kBins}};
  spec.marks = {{"mean", c.theme().text2, mean_of(values), 1.6f}};
  plot(c.ui, parts.body, c.cache.plots["lab.straightness.histogram"], spec);
}

std::string coarse_answer(const LabStraightness& found) {
  const LabCoarse &one = found.coarse.front(), &most = found.coarse.back();
  return "One step is " + fixed(one.error, 2) + " off per coordinate (latents have deviation 1), " +
         std::to_string(most.steps) + " are " + fixed(most.error, 2) + ".";
}

void draw_coarse(const PanelContext& c, const LabStraightness& found, size_t digit) {
  const bool low = c.area.h / c.ui.scale < 230;  // the pictures need the room more than the sentence
  const CardBody parts = card(c.ui, c.area,
                              {"lab.straightness.steps",
                               "What few steps make of it",
                               "Euler; % off per pixel",
                               low ? "" : coarse_answer(found),
                               {}});
  readout(c.ui, parts.body,
          {"lab.straightness.pictures", "Few steps",
           "The same noise by 1, 2, 4 and 8 steps of Euler, and solved finely. " + coarse_answer(found),
           std::to_string(found.pictures.size() / 784), ""});
  const size_t lines = found.coarse.size() + 1, shown = static_cast<size_t>(found.shown);
  const auto slots = rows(parts.body, std::vector<float>(lines, 1), c.px(3));
  const float gap = c.px(4);
  for (size_t i = 0; i < lines; ++i) {
    Rect row = slots[i];
    const Rect words = row.take_left(c.px(row.w < c.px(420) ? 84 : 112), c.px(4));
    const bool fine = i + 1 == lines;
    const std::string name = fine ? "fine" : counted(found.coarse[i].steps, "step");
    draw_text(c.ui, words, Type::Small, fine ? c.theme().text : c.theme().text2,
              fine ? name : name + " · " + fixed(100 * found.coarse[i].pixel_error, 1) + " %");
    const float side = std::min(slots.back().h - c.px(1),
                                (row.w - gap * static_cast<float>(shown - 1)) / static_cast<float>(shown));
    for (size_t k = 0; k < shown; ++k) {
      TileLook look;
      look.selected = k == digit;
      const Rect cell{row.x + static_cast<float>(k) * (side + gap), row.center().y - 0.5f * side, side, side};
      digit_tile(c.ui, cell, c.cache.lab_pictures, i * shown + k, look);
    }
  }
}

/// Where the cards stand.
struct Places {
  Rect turning, plane, classes, distribution, coarse;
};

/// In small windows the pictures of few steps have more of the height than anything else.
Places places_of(const PanelContext& c, bool narrow) {
  Places p;
  Rect area = c.area;
  if (narrow) {
    Rect right = area.take_right(std::floor(area.w * 0.47f), c.px(12));
    p.coarse = right.take_bottom(std::floor(right.h * 0.56f), c.px(12));
    p.plane = right;
    p.classes = area.take_bottom(std::floor(area.h * 0.46f), c.px(12));
    p.turning = area;
    return p;
  }
  const auto below =
      columns(area.take_bottom(std::floor(area.h * 0.44f), c.px(12)), {1.1f, 0.8f, 1.3f}, c.px(12));
  p.classes = below[0], p.distribution = below[1], p.coarse = below[2];
  p.plane = area.take_right(std::floor(area.w * 0.42f), c.px(12));
  p.turning = area;
  return p;
}

}  // namespace

void draw_lab_straightness(const PanelContext& c) {
  const auto& found = c.snapshot.lab->straightness;
  const bool ready = found && found->digits > 0;
  const bool narrow = c.area.w / c.ui.scale < 1000;
  const Places places = ready ? places_of(c, narrow) : Places{c.area, {}, {}, {}, {}};
  const std::string unit = ready ? "° per unit of t, " + counted(found->digits, "digit") : "";
  const std::vector<CardChip> chips{{{"lab.straightness.by-class", "classes",
                                      "The mean of each class as a thin line in its colour.", "", ""},
                                     c.view.on("lab.straightness.classes", true),
                                     true}};
  const CardBody parts = lab_card(c.within(places.turning), unit, ready ? answer(*found) : "", chips);
  if (parts.clicked == 0) c.view.flip("lab.straightness.classes", true);
  if (lab_waits(c, parts.body, ready)) return;
  const size_t digit = digit_of(c, *found);
  draw_turning(c, parts.body, *found, digit);
  draw_plane(c.within(places.plane), *found, digit);
  draw_classes(c.within(places.classes), *found);
  draw_coarse(c.within(places.coarse), *found, digit);
  if (!narrow) return draw_distribution(c.within(places.distribution), *found);
  c.ui.map.add_hidden("lab.straightness.histogram", "Distribution", "Shown in larger windows.");
}

}  // namespace lf
