// Straightness: where trajectories turn, their extra length, their shape in a plane, and the
// results of few steps.
#include <algorithm>
#include <cmath>

#include "base/classes.h"
#include "lab/straightness/result.h"
#include "panels/lab/straightness/parts.h"
#include "widgets/image/grid.h"
#include "widgets/plot/plot.h"
#include "widgets/plot/scatter_map.h"
#include "widgets/text/text.h"

namespace lf::app::panels {
namespace {

std::string answer(const LabStraightness& found) {
  const double detour = straightness_mean(straightness_detours(found)),
               turned = straightness_mean(found.turned);
  const auto most = std::max_element(found.turning.begin(), found.turning.end()) - found.turning.begin();
  return "On average, trajectories are " + fixed(detour, 1) + " % longer than straight lines and turn by " +
         fixed(turned, 0) + "°, most at t = " + fixed(found.t[static_cast<size_t>(most)], 2) +
         ". The squared distance is " + fixed(straightness_mean(found.cost), 0) +
         " (128 for independent pairs).";
}

/// The selected digit, if it has its own trajectory here.
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
               "Turning rate of the trajectory's direction, in degrees per unit of t: the mean, the "
               "selected digit, and the classes. A click moves t.",
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
  spec.curves.push_back({"mean", c.theme().text, found.t.data(), found.turning.data(), n, 0, 2.4f});
  spec.curves.back().id = "mean of all";
  float top = 1;
  for (const PlotCurve& curve : spec.curves) top = std::max(top, *std::max_element(curve.y, curve.y + n));
  spec.y_low = 0, spec.y_high = 1.08 * top;
  spec.marks = {{"", fade(c.theme().accent, 0.9f), c.view.t, 2}};
  PlotState& state = c.cache.plots["lab.straightness.turning"];
  plot(c.ui, area, state, spec);
  click_moves_t(c, state);
}

/// All trajectories, and last the straight path of the selected digit at a constant speed.
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
            "Trajectories",
            "2 principal axes of 64",
            low ? ""
                : "The plane shows only " + fixed(100 * found.in_plane, 0) +
                      " % of the variance, so bends look smaller than they are. Grey: a straight line for "
                      "the selected digit.",
            {}});
  const auto paths = paths_of(c, found, digit);
  ScatterSpec spec;
  spec.info = {"lab.straightness.paths", "Trajectories",
               "Trajectories from noise (ring) to digit, in the plane of their largest variance; the disc is "
               "the state at t. Grey: a straight line at constant speed for the selected digit. Hover over a "
               "trajectory to see it, click to select it; scroll to zoom, drag to pan.",
               counted(found.followed, "path"), ""};
  spec.paths = &paths;
  spec.state = c.view.t * static_cast<float>(found.state_t.size() - 1);
  spec.selected = static_cast<int>(digit);
  const ScatterResult r = scatter_map(c.ui, parts.body, c.cache.maps["lab.straightness.paths"], spec);
  if (r.clicked && r.hovered >= 0 && r.hovered < found.followed) c.view.selected = r.hovered;
}

std::string coarse_answer(const LabStraightness& found) {
  const LabCoarse &one = found.coarse.front(), &most = found.coarse.back();
  return "The error of one step is " + fixed(one.error, 2) +
         " per coordinate (latents have standard deviation 1), of " + std::to_string(most.steps) + " steps " +
         fixed(most.error, 2) + ".";
}

void draw_coarse(const PanelContext& c, const LabStraightness& found, size_t digit) {
  const bool low = c.area.h / c.ui.scale < 230;  // the images need the room more than the sentence
  const CardBody parts = card(c.ui, c.area,
                              {"lab.straightness.steps",
                               "Error of few steps",
                               "Euler; % error per pixel",
                               low ? "" : coarse_answer(found),
                               {}});
  readout(c.ui, parts.body,
          {"lab.straightness.pictures", "Error of few steps",
           "The same noise with 1, 2, 4 and 8 Euler steps, and the fine solution. " + coarse_answer(found),
           std::to_string(found.pictures.count()), ""});
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

/// Layout of the cards.
struct CardPlaces {
  Rect turning, plane, classes, distribution, coarse;
};

/// In small windows the images of few steps get most of the height.
CardPlaces places_of(const PanelContext& c, bool narrow) {
  CardPlaces p;
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

static void upload_straightness(const PanelContext& c, const LabStraightness& found) {
  if (!lab_pictures_change(c)) return;
  const uint64_t version = c.snapshot.lab->version;
  c.cache.lab_pictures.set(found.pictures, version);
}

void draw_lab_straightness(const PanelContext& c) {
  const auto found = c.snapshot.lab->as<LabStraightness>();
  if (found) upload_straightness(c, *found);
  const bool ready = found && found->digits > 0;
  const bool narrow = c.area.w / c.ui.scale < 1000;
  const CardPlaces places = ready ? places_of(c, narrow) : CardPlaces{c.area, {}, {}, {}, {}};
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
  draw_straightness_classes(c.within(places.classes), *found);
  draw_coarse(c.within(places.coarse), *found, digit);
  if (!narrow) return draw_straightness_spread(c.within(places.distribution), *found);
  c.ui.map.add_hidden("lab.straightness.histogram", "Distribution", "Shown in larger windows.");
}

}  // namespace lf::app::panels
