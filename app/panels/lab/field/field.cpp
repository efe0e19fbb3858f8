// Vector field: the learned and the exact velocity on a plane.
#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "base/classes.h"
#include "lab/field/result.h"
#include "panels/lab/field/square.h"
#include "widgets/control/combo.h"
#include "widgets/control/facts.h"
#include "widgets/text/text.h"

namespace lf::app::panels {
namespace {

constexpr const char* kSliderSeen = "now.lab.field.slider";
constexpr const char* kAskedAt = "now.lab.field.asked";  ///< when a plane was requested while t played
constexpr double kSecondsInTraining = 3;                 ///< between two planes then

std::string argument_of(const PanelContext& c, const char* key, const char* initial) {
  return c.view.text(lab_argument_key("field", key), initial);
}

void ask(const PanelContext& c, const char* key, const std::string& value) {
  c.view.set(lab_argument_key("field", key), value);
}

/// While t plays, the planes follow at coarse resolution, each requested when the previous one is
/// complete. During training they are requested rarely, so that previews take little of its time.
void follow_playing(const PanelContext& c) {
  const LabBlock& lab = *c.snapshot.lab;
  if (lab_is_scripted(c) || lab.tool != "field" || !lab.complete || !lab.result) return;
  const std::string now = short_number(std::stod(fixed(c.view.t, 2))), asked = argument_of(c, "t", "0.5");
  if (now == asked || lab.arguments.text("t") != asked) return;
  const double since = c.ui.time - std::strtod(c.view.text(kAskedAt, "-99").c_str(), nullptr);
  if (c.snapshot.run->running && since >= 0 && since < kSecondsInTraining) return;
  c.view.set(kAskedAt, std::to_string(c.ui.time));
  ask(c, "t", now);
  c.view.set(lab_argument_key("field", "quick"), true);
}

/// The slider moves the field's time; a time that a script requested stays until t is moved.
void follow_slider(const PanelContext& c) {
  if (c.view.playing) return follow_playing(c);
  c.view.set(lab_argument_key("field", "quick"), false);
  const std::string now = fixed(c.view.t, 2), seen = c.view.text(kSliderSeen, "");
  if (now == seen) return;
  c.view.set(kSliderSeen, now);
  if (!seen.empty() || argument_of(c, "t", "0.5") == "0.5") ask(c, "t", short_number(std::stod(now)));
}

// Thresholds for the difference relative to the exact field's length: below it the two count as
// equal, above it as different.
constexpr double kAlike = 0.15, kApart = 0.5;
constexpr double kLate = 0.6;  ///< from this t on the exact field points to single training digits

double relative_difference(const LabField& f) { return f.difference_length / std::max(1e-9, f.exact_length); }

/// The result for this plane at this t, if there is one.
std::string verdict(const LabField& f) {
  const double share = relative_difference(f);
  if (share >= kApart && f.t >= kLate)
    return "The network generalises: the exact field points to single training digits here, the network's "
           "does not.";
  if (share >= kApart) return "The two fields diverge: the network does not follow single training digits.";
  if (share >= kAlike) return "The two fields begin to diverge; move to a later t.";
  if (f.t >= kLate) return "The network memorises: it follows the exact field to single training digits.";
  return "The two fields agree at this t; move to a later t.";
}

/// The mean cosine, as a text about directions.
std::string direction_words(double cosine) {
  const std::string figure = " (cosine " + fixed(cosine, 2) + ")";
  if (cosine > 0.95) return "and points in the same direction" + figure;
  if (cosine > 0.7) return "and points in a similar direction" + figure;
  if (cosine > 0.3) return "and points partly in another direction" + figure;
  return "and points in another direction" + figure;
}

std::string answer(const PanelContext& c, const LabField& f) {
  std::string text = verdict(f) + " At " + state_words(c, static_cast<float>(f.t)) +
                     " the network differs by " + fixed(100 * relative_difference(f), 0) +
                     " % of the exact velocity's length on this plane, " + direction_words(f.cosine) + ".";
  if (f.latents < f.latents_total)
    text += " First result, from " + grouped(f.latents) + " of " + grouped(f.latents_total) + " latents.";
  return text;
}

/// A chip that opens the ten classes (and optionally none); sets an argument.
void digit_chip(const PanelContext& c, Rect& line, const char* key, const char* initial, bool with_none,
                const std::string& word, const std::string& tooltip, const std::string& disabled) {
  std::vector<MenuRow> rows;
  if (with_none) rows.push_back({"none", "none", "unconditional", ""});
  for (int k = 0; k < kClasses; ++k) rows.push_back({std::to_string(k), std::to_string(k), "", ""});
  const std::string value = argument_of(c, key, initial);
  const int current = std::atoi(value.c_str()) + (with_none ? 1 : 0);
  const std::string label = word + (value == "-1" ? "none" : value);
  const Rect place = line.take_left(chip_width(c.ui, label) + c.px(22), c.px(6));
  const ControlInfo info{std::string("lab.field.") + key, label, tooltip, value, disabled};
  const int chosen = combo(c.ui, place, info, rows, current, true);
  if (chosen >= 0) ask(c, key, std::to_string(chosen - (with_none ? 1 : 0)));
}

void draw_controls(const PanelContext& c, Rect line) {
  const std::string plane = argument_of(c, "plane", "lda");
  struct Plane {
    const char *id, *label, *tooltip;
  };
  for (const Plane& p :
       {Plane{"lda", "class axes", "Plane of the two class axes, which separate the classes best."},
        Plane{"pca", "principal axes", "Plane of the two principal axes, which have the largest variance."},
        Plane{"digits", "three means", "Plane through the means of three digits."}}) {
    const Rect place = line.take_left(chip_width(c.ui, p.label), c.px(6));
    const ControlInfo info{std::string("lab.field.plane.") + p.id, p.label, p.tooltip, "", ""};
    if (chip(c.ui, place, info, plane == p.id)) ask(c, "plane", p.id);
  }
  line.take_left(c.px(8));
  const std::string no_labels = c.snapshot.run->labelled ? "" : "This network is unconditional.";
  digit_chip(c, line, "class", "-1", true, "label ",
             "Class label of both fields; the exact field then uses only the latents of this class.",
             no_labels);
  if (plane != "digits") return;
  for (const auto& [key, initial] : {std::pair{"a", "3"}, std::pair{"b", "5"}, std::pair{"c", "8"}})
    digit_chip(c, line, key, initial, false, std::string(key) + " = ",
               "One of the three digits whose means span the plane.", "");
}

std::vector<Fact> facts_of(const LabField& f) {
  const auto fact = [](const char* key, const char* label, const std::string& value, const char* tooltip) {
    return Fact{{std::string("lab.field.") + key, label, tooltip, value, ""}, 0};
  };
  return {
      fact("mean-learned", "mean speed, network", fixed(f.learned_length, 3),
           "Length of the network's velocity, RMS per coordinate, mean over the plane."),
      fact("mean-exact", "mean speed, exact", fixed(f.exact_length, 3),
           "Length of the exact velocity, RMS per coordinate, mean over the plane."),
      fact("mean-difference", "mean difference", fixed(f.difference_length, 3),
           "Length of the difference, RMS per coordinate, mean over the plane."),
      fact(
          "relative", "relative difference", fixed(100 * relative_difference(f), 1) + " %",
          "Mean length of the difference, divided by that of the exact velocity. From t = 0.6 on, below 15 % "
          "means memorisation, 50 % or more generalisation. It does not measure the quality of the digits."),
      fact("cosine", "cosine of the angle", fixed(f.cosine, 4),
           "Cosine of the angle between both velocities: 1 same direction, 0 right angle, −1 "
           "opposite. In all 64 coordinates, mean over the plane."),
      fact("time", "time", "t = " + fixed(f.t, 2), "Time of the plane shown; it follows the slider.")};
}

}  // namespace

static void upload_field(const PanelContext& c, const LabField& found) {
  if (!lab_pictures_change(c)) return;
  c.cache.lab_streaks[0].set(found.learned.streaks, found.texture);
  c.cache.lab_streaks[1].set(found.exact.streaks, found.texture);
}

void draw_lab_field(const PanelContext& c) {
  follow_slider(c);
  const auto found = c.snapshot.lab->as<LabField>();
  if (found) upload_field(c, *found);
  const bool ready = found && found->side > 1;
  const std::string unit =
      ready ? state_words(c, static_cast<float>(found->t)) + ", axes in standard deviations of the latents"
            : "";
  const CardBody parts = lab_card(c, unit, ready ? answer(c, *found) : "", {});
  Rect body = parts.body;
  draw_controls(c, body.take_top(chip_height(c.ui), c.px(8)));
  if (lab_waits(c, body, ready)) return;
  const auto numbers = facts_of(*found);
  const float height = facts_height(c.ui, body.w, numbers.size()), gap = c.px(14);
  const float side = std::floor((body.w - 2 * gap) / 3);
  const bool fits = body.h >= height + std::min(side, c.px(240)) + c.px(50);
  for (size_t i = 0; !fits && i < numbers.size(); ++i)
    c.ui.map.add_hidden(numbers[i].info.name, numbers[i].info.label, "Shown in larger windows.");
  // Images and numbers together are slightly above the middle of the remaining area.
  const float used = std::min(body.h, side + c.px(38) + (fits ? height + c.px(16) : 0));
  body.take_top(std::floor(0.35f * (body.h - used)));
  body = {body.x, body.y, body.w, used};
  if (fits) facts(c.ui, body.take_bottom(height, c.px(16)), numbers);
  const auto squares = columns(body, {1, 1, 1}, gap);
  draw_field_square(c.within(squares[0]), squares[0], *found, FieldSquare::Learned);
  draw_field_square(c.within(squares[1]), squares[1], *found, FieldSquare::Exact);
  draw_field_square(c.within(squares[2]), squares[2], *found, FieldSquare::Difference);
}

}  // namespace lf::app::panels
