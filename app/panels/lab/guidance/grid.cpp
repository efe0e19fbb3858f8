#include "panels/lab/guidance/grid.h"

#include <algorithm>
#include <cmath>
#include <functional>

#include "panels/actions.h"
#include "widgets/control/card.h"
#include "widgets/image/atlas.h"
#include "widgets/text/text.h"

namespace lf::app::panels {
namespace {

std::string grid_answer(const LabGuidance& g, size_t digit) {
  const std::string click = "Click an image to use its settings for all previews.";
  if (g.seen.empty()) return click;
  size_t right = 0, cells = g.seen.size() / static_cast<size_t>(g.digits);
  for (size_t cell = 0; cell < cells; ++cell)
    right += g.seen[cell * static_cast<size_t>(g.digits) + digit] == digit;
  return "The classifier predicts " + digit_with_article(static_cast<int>(digit)) + " in " +
         std::to_string(right) + " of " + std::to_string(cells) +
         " images (coloured lines: predicted class). " + click;
}

/// Layout of the images: guidance down and steps across, or exchanged if that makes them larger.
struct GridPlaces {
  Rect area;
  bool turned = false;  ///< guidance is horizontal
  float left = 0, side = 0, step_x = 0, step_y = 0;
  Rect at(size_t weight, size_t step) const {
    const auto column = static_cast<float>(turned ? weight : step),
               row = static_cast<float>(turned ? step : weight);
    return {area.x + left + column * step_x, area.y + row * step_y, side, side};
  }
};

GridPlaces places_of(const PanelContext& c, const Rect& area, size_t weights, size_t steps) {
  GridPlaces best;
  for (const bool turned : {false, true}) {
    const auto across = static_cast<float>(turned ? weights : steps),
               down = static_cast<float>(turned ? steps : weights);
    const float left = c.px(62), gap = c.px(5);
    const float wide = (area.w - left) / across, high = area.h / down;
    const float side = std::floor(std::min(wide, high) - gap);
    if (side <= best.side) continue;
    best = {area, turned, left, side, side + std::min(wide - side, gap + c.px(26)), high};
  }
  return best;
}

/// More than the number alone, which would look like a class.
std::string guidance_name(double weight) { return "w = " + short_number(weight); }

/// Labels above the columns and before the rows.
void draw_names(const PanelContext& c, const LabGuidance& g, const GridPlaces& places, const Rect& heads) {
  const Color grey = c.theme().text2;
  const auto across = [&](size_t i, const std::string& name) {
    const Rect cell = places.turned ? places.at(i, 0) : places.at(0, i);
    const Rect room{cell.x - c.px(8), heads.y, cell.w + c.px(16), heads.h};
    // Beside each other, the first name says that the others are weights, too.
    const bool fits = i == 0 || text_size(c.ui, Type::MonoSmall, name).x < cell.w;
    draw_text(c.ui, room, Type::MonoSmall, grey, fits ? name : name.substr(name.rfind(' ') + 1),
              Align::Center);
  };
  const auto down = [&](size_t i, const std::string& name) {
    const Rect cell = places.turned ? places.at(0, i) : places.at(i, 0);
    draw_text(c.ui, {places.area.x, cell.y, places.left - c.px(6), cell.h}, Type::MonoSmall, grey, name);
  };
  for (size_t i = 0; i < g.weights.size(); ++i)
    (places.turned ? std::function<void(size_t, const std::string&)>(across) : down)(
        i, guidance_name(g.weights[i]));
  for (size_t k = 0; k < g.steps.size(); ++k)
    (places.turned ? std::function<void(size_t, const std::string&)>(down) : across)(
        k, places.turned ? counted(g.steps[k], "step") : std::to_string(g.steps[k]));
}

/// True if the preview uses these settings.
bool in_use(const PanelContext& c, double weight, int64_t steps) {
  const FlowBlock& flow = *c.snapshot.flow;
  return flow.solver == "midpoint" && flow.steps == steps && std::abs(flow.guidance - weight) < 1e-6;
}

void draw_cell(const PanelContext& c, const LabGuidance& g, const Rect& place, size_t weight, size_t step,
               size_t digit) {
  const size_t cell = weight * g.steps.size() + step, n = static_cast<size_t>(g.digits);
  const std::string w = short_number(g.weights[weight]), steps = std::to_string(g.steps[step]);
  const Response r = control(
      c.ui, place,
      {"lab.guidance.cell." + w + "." + steps, "Guidance w = " + w + ", " + counted(g.steps[step], "step"),
       "The selected digit with this guidance weight and number of midpoint steps. Click to use guidance, "
       "steps and solver for all previews (settings, Preview).",
       in_use(c, g.weights[weight], g.steps[step]) ? "in use" : "", ""});
  TileLook look;
  if (cell < g.seen.size() / n) look.label = g.seen[cell * n + digit];
  look.selected = in_use(c, g.weights[weight], g.steps[step]);
  look.hovered = r.hovered;
  digit_tile(c.ui, place, c.cache.lab_pictures, cell * n + digit, look);
  if (!r.clicked) return;
  set_setting(c, setting_key(&PreviewSettings::guidance), w);
  set_setting(c, setting_key(&PreviewSettings::steps), steps);
  set_setting(c, setting_key(&PreviewSettings::solver), "midpoint");
}

}  // namespace

void draw_guidance_grid(const PanelContext& c, const LabGuidance& g, size_t digit) {
  Rect inside = c.area.inset(c.px(12), 0);
  const bool turned =
      places_of(c, {inside.x, inside.y, inside.w, inside.h - c.px(100)}, g.weights.size(), g.steps.size())
          .turned;
  const CardBody parts =
      card(c.ui, c.area,
           {"lab.guidance.grid",
            "Guidance by steps",
            turned ? "guidance → across, midpoint steps ↓ down" : "guidance ↓ down, midpoint steps → across",
            grid_answer(g, digit),
            {}});
  Rect body = parts.body;
  const Rect heads = body.take_top(c.px(18), c.px(2));
  const GridPlaces places = places_of(c, body, g.weights.size(), g.steps.size());
  draw_names(c, g, places, heads);
  const size_t known = g.pictures.count() / static_cast<size_t>(g.digits);
  for (size_t i = 0; i < g.weights.size(); ++i) {
    for (size_t k = 0; k < g.steps.size() && i * g.steps.size() + k < known; ++k)
      draw_cell(c, g, places.at(i, k), i, k, digit);
  }
}

}  // namespace lf::app::panels
