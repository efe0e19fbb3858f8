// Guidance anatomy: the endpoint estimate of each velocity, their lengths along t, and guidance by
// number of steps.
#include <algorithm>
#include <cmath>

#include "lab/guidance/result.h"
#include "panels/lab/guidance/grid.h"
#include "panels/lab/panels.h"
#include "panels/preview_time.h"
#include "widgets/plot/plot.h"
#include "widgets/text/text.h"

namespace lf::app::panels {
namespace {

/// The selected class (the preview's digits have their classes in turn) and the state at the
/// slider's t.
struct HeadingPlace {
  size_t digit, state;
};

HeadingPlace place_of(const PanelContext& c, const LabGuidance& g) {
  return {static_cast<size_t>(std::max(0, c.view.selected)) % static_cast<size_t>(g.digits),
          static_cast<size_t>(nearest_time(g.t, c.view.t))};
}

std::string answer(const PanelContext& c, const LabGuidance& g, const HeadingPlace& place) {
  const auto n = static_cast<size_t>(g.digits);
  const size_t at = place.state * n + place.digit;
  size_t peak = 0;
  for (size_t s = 0; s < g.t.size(); ++s) {
    if (g.difference_norm[s * n + place.digit] > g.difference_norm[peak * n + place.digit]) peak = s;
  }
  return "At " + state_words(c, g.t[place.state]) + " the label turns the velocity by " +
         fixed(std::acos(std::clamp(g.cosine[at], -1.0f, 1.0f)) * 57.29578, 0) + "° and adds " +
         fixed(100 * g.difference_norm[at] / std::max(1e-6f, g.null_norm[at]), 0) +
         " % of its length; most at t = " + fixed(g.t[peak], 2) + ".";
}

/// Three large images: the endpoint estimate of each velocity.
void draw_guesses(const PanelContext& c, Rect area, const LabGuidance& g, const HeadingPlace& place) {
  const std::string digit = std::to_string(place.digit);
  const std::string names[] = {"unconditional", "given " + digit_with_article(static_cast<int>(place.digit)),
                               "w = " + short_number(g.guided)};
  const auto slots = columns(area, {1, 1, 1}, c.px(10));
  const size_t states = g.t.size(), n = static_cast<size_t>(g.digits);
  for (size_t kind = 0; kind < 3; ++kind) {
    Rect slot = slots[kind];
    const Rect words = slot.take_bottom(c.px(18));
    const float side = std::min({slot.w, slot.h, c.px(150)});
    const Rect cell{slot.center().x - 0.5f * side, slot.bottom() - side, side, side};
    digit_tile(c.ui, cell, c.cache.lab_headings, (kind * states + place.state) * n + place.digit, {});
    draw_text(c.ui, words, Type::Small, c.theme().text2, names[kind], Align::Center);
  }
  readout(c.ui, area,
          {"lab.guidance.headings", "Endpoint estimate",
           "Decoded one-step estimate of x₁ with each velocity at this t: unconditional, conditional and "
           "guided. Guidance weight w: v = v∅ + w (v_c − v∅). 0 is unconditional, 1 conditional, above 1 "
           "amplified.",
           digit, ""});
}

void draw_lengths(const PanelContext& c, const Rect& area, const LabGuidance& g, const HeadingPlace& place) {
  const auto n = static_cast<size_t>(g.digits), states = g.t.size();
  std::vector<float> series[3];
  for (size_t s = 0; s < states; ++s) {
    series[0].push_back(g.null_norm[s * n + place.digit]);
    series[1].push_back(g.digit_norm[s * n + place.digit]);
    series[2].push_back(g.difference_norm[s * n + place.digit]);
  }
  const Theme& t = c.theme();
  const char* names[] = {"unconditional", "conditional", "difference"};
  const char* ids[] = {"without label", "with label", "difference"};
  const Color colours[] = {t.text2, t.digits[place.digit], t.warning};
  PlotSpec spec;
  spec.info = {
      "lab.guidance.lengths", "Length by time",
      "RMS per coordinate of the unconditional and conditional velocity, and of their difference, which "
      "guidance multiplies. A click moves t.",
      "", ""};
  spec.x_unit = "t", spec.y_unit = "length";
  spec.y_title = "length per coordinate";
  spec.x_low = 0, spec.x_high = 1;
  float most = 0;
  for (size_t k = 0; k < 3; ++k) {
    most = std::max(most, *std::max_element(series[k].begin(), series[k].end()));
    spec.curves.push_back({names[k], colours[k], g.t.data(), series[k].data(), states, 0, 2});
    spec.curves.back().id = ids[k];
  }
  spec.y_low = 0, spec.y_high = 1.08 * std::max(0.1f, most);
  spec.marks = {{"", fade(t.accent, 0.9f), c.view.t, 2}};
  PlotState& state = c.cache.plots["lab.guidance.lengths"];
  plot(c.ui, area, state, spec);
  click_moves_t(c, state);
}

}  // namespace

static void upload_guidance(const PanelContext& c, const LabGuidance& found) {
  if (!lab_pictures_change(c)) return;
  const uint64_t version = c.snapshot.lab->version;
  c.cache.lab_headings.set(found.guesses, version);
  if (!found.pictures.empty()) c.cache.lab_pictures.set(found.pictures, version);
}

void draw_lab_guidance(const PanelContext& c) {
  const auto found = c.snapshot.lab->as<LabGuidance>();
  if (found) upload_guidance(c, *found);
  const bool ready = found && !found->t.empty();
  const bool narrow = c.area.w / c.ui.scale < 620, low = c.area.h / c.ui.scale < 520;
  Rect area = c.area, right;
  if (ready) {
    right = narrow ? area.take_bottom(std::floor(area.h * 0.5f), c.px(12))
                   : area.take_right(std::floor(area.w * (low ? 0.54f : 0.44f)), c.px(12));
  }
  const HeadingPlace place = ready ? place_of(c, *found) : HeadingPlace{0, 0};
  const std::string unit = ready ? "digit " + std::to_string(place.digit) + ", noise of the preview" : "";
  const CardBody parts = lab_card(c.within(area), unit, ready ? answer(c, *found, place) : "", {});
  if (lab_waits(c, parts.body, ready)) return;
  Rect body = parts.body;
  draw_guesses(c, body.take_top(std::min(body.h * 0.45f, c.px(190)), c.px(10)), *found, place);
  draw_lengths(c, body, *found, place);
  draw_guidance_grid(c.within(right), *found, place.digit);
}

}  // namespace lf::app::panels
