// "Does it generalise, or memorise?": the learned and the exact velocity on a plane.
#include "messages/lab_field.h"

#include <algorithm>
#include <cmath>

#include "panels/lab_panels.h"
#include "widgets/combo.h"
#include "widgets/facts.h"
#include "widgets/text.h"

namespace lf {
namespace {

constexpr const char* kSliderSeen = "now.lab.field.slider";
constexpr const char* kAskedAt = "now.lab.field.asked";  ///< when a plane was asked for while t played
constexpr double kSecondsInTraining = 3;                 ///< between two planes then
constexpr int kArrows = 16;                              ///< steps between arrows along a side

std::string argument_of(const PanelContext& c, const char* key, const char* initial) {
  return c.view.text(lab_argument_key("field", key), initial);
}

void ask(const PanelContext& c, const char* key, const std::string& value) {
  c.view.set(lab_argument_key("field", key), value);
}

/// While t plays the planes follow, each a quick one, asked for when the one before it is there; beside a
/// training run seldom, so that looking takes little of its time.
void follow_playing(const PanelContext& c) {
  const LabBlock& lab = *c.snapshot.lab;
  if (lab_is_scripted(c) || lab.tool != "field" || !lab.complete || !lab.field) return;
  const std::string now = short_number(std::stod(fixed(c.view.t, 2))), asked = argument_of(c, "t", "0.5");
  if (now == asked || lab.arguments.text("t") != asked) return;
  const double since = c.ui.time - std::strtod(c.view.text(kAskedAt, "-99").c_str(), nullptr);
  if (c.snapshot.run->running && since >= 0 && since < kSecondsInTraining) return;
  c.view.set(kAskedAt, std::to_string(c.ui.time));
  ask(c, "t", now);
  c.view.set(lab_argument_key("field", "quick"), true);
}

/// The slider moves the field's time; a time that a script asked for stays until somebody moves t.
void follow_slider(const PanelContext& c) {
  if (c.view.playing) return follow_playing(c);
  c.view.set(lab_argument_key("field", "quick"), false);
  const std::string now = fixed(c.view.t, 2), seen = c.view.text(kSliderSeen, "");
  if (now == seen) return;
  c.view.set(kSliderSeen, now);
  if (!seen.empty() || argument_of(c, "t", "0.5") == "0.5") ask(c, "t", short_number(std::stod(now)));
}

std::string answer(const PanelContext& c, const LabField& f) {
  const double share = 100 * f.difference_length / std::max(1e-9, f.exact_length);
  std::string text = "At " + state_words(c, static_cast<float>(f.t)) + " the net is off the exact field by " +
                     fixed(share, 0) + " % of its length on this plane, cosine " + fixed(f.cosine, 3) + ".";
  if (f.latents < f.latents_total)
    text += " A first look at " + grouped(f.latents) + " of " + grouped(f.latents_total) + " latents.";
  return text;
}

/// Where a place of the plane is on the screen.
struct Frame {
  Rect square;
  double extent;
  ImVec2 at(double x, double y) const {
    const auto part = [this](double v) { return static_cast<float>(0.5 + 0.5 * v / extent); };
    return {square.x + part(x) * square.w, square.bottom() - part(y) * square.h};
  }
  /// Of a grid point.
  ImVec2 at(const LabField& f, int column, int row) const {
    const double step = 2 * extent / (f.side - 1);
    return at(column * step - extent, row * step - extent);
  }
};

void draw_points(const PanelContext& c, const Frame& frame, const LabField& f) {
  const float r = c.px(1.1f);
  for (size_t i = 0; i < f.labels.size(); ++i) {
    const ImVec2 p = frame.at(f.t * f.points[2 * i], f.t * f.points[2 * i + 1]);
    if (!frame.square.inset(r).contains(p)) continue;
    const Color colour = fade(c.theme().digits[f.labels[i] % 10], 0.55f);
    draw()->AddRectFilled({p.x - r, p.y - r}, {p.x + r, p.y + r}, colour);
  }
}

void draw_arrow(const PanelContext& c, ImVec2 from, ImVec2 step, Color colour) {
  const float length = std::hypot(step.x, step.y);
  if (length < 0.5f) return;
  const ImVec2 to{from.x + step.x, from.y + step.y};
  const float head = std::min(c.px(4), 0.45f * length), ux = step.x / length, uy = step.y / length;
  const float line = c.px(1.2f);
  draw()->AddLine(from, to, colour, line);
  for (const float side : {1.0f, -1.0f}) {
    draw()->AddLine(to, {to.x - head * (ux + side * 0.6f * uy), to.y - head * (uy - side * 0.6f * ux)},
                    colour, line);
  }
}

/// The longest arrow of both fields, so that the three pictures share one scale.
float longest_arrow(const LabField& f) {
  float most = 1e-9f;
  for (const auto* arrows : {&f.learned.arrows, &f.exact.arrows}) {
    for (size_t i = 0; i + 1 < arrows->size(); i += 2)
      most = std::max(most, std::hypot((*arrows)[i], (*arrows)[i + 1]));
  }
  return most;
}

void draw_arrows(const PanelContext& c, const Frame& frame, const LabField& f, const LabFieldGrid& grid,
                 Color colour) {
  const int stride = std::max(1, (f.side - 1) / kArrows);
  const float scale = 1.25f * frame.square.w / kArrows / longest_arrow(f);
  draw()->PushClipRect(frame.square.min(), frame.square.max(), true);
  for (int row = 0; row < f.side; row += stride) {
    for (int column = 0; column < f.side; column += stride) {
      const auto i = static_cast<size_t>(2 * (row * f.side + column));
      draw_arrow(c, frame.at(f, column, row), {grid.arrows[i] * scale, -grid.arrows[i + 1] * scale}, colour);
    }
  }
  draw()->PopClipRect();
}

float longest(const std::vector<float>& lengths) {
  return std::max(1e-6f, *std::max_element(lengths.begin(), lengths.end()));
}

/// The difference's length as warmth, a rectangle for each grid point.
void draw_heat(const PanelContext& c, const Frame& frame, const LabField& f, float most) {
  const float half = 0.5f * frame.square.w / static_cast<float>(f.side - 1);
  for (int row = 0; row < f.side; ++row) {
    for (int column = 0; column < f.side; ++column) {
      const float value = f.difference.length[static_cast<size_t>(row * f.side + column)];
      const ImVec2 p = frame.at(f, column, row);
      const Rect cell = Rect{p.x - half, p.y - half, 2 * half, 2 * half}.clipped(frame.square);
      draw()->AddRectFilled(cell.min(), cell.max(), mix(c.theme().window, c.theme().warning, value / most));
    }
  }
}

/// What is known about the place under the mouse.
std::string place_text(const Frame& frame, const LabField& f) {
  const ImVec2 mouse = ImGui::GetMousePos();
  if (!frame.square.contains(mouse)) return "";
  const auto index = [&](float part) {
    return std::clamp(static_cast<int>(std::lround(part * static_cast<float>(f.side - 1))), 0, f.side - 1);
  };
  const int column = index((mouse.x - frame.square.x) / frame.square.w),
            row = index((frame.square.bottom() - mouse.y) / frame.square.h);
  const auto i = static_cast<size_t>(row * f.side + column);
  return " Here: net " + fixed(f.learned.length[i], 2) + ", exact " + fixed(f.exact.length[i], 2) +
         ", difference " + fixed(f.difference.length[i], 2) + " per coordinate.";
}

std::string axis_word(const LabField& f, int axis) {
  if (f.plane == "digits") return axis == 0 ? "from mean a to mean b" : "towards mean c";
  const char* kind = f.plane == "pca" ? "principal axis" : "class axis";
  return std::string(axis == 0 ? "first " : "second ") + kind;
}

/// The words around a square: the ends of the axes and what they are.
void draw_axes(const PanelContext& c, const Frame& frame, const Rect& below, const LabField& f) {
  const Color grey = c.theme().text2;
  const std::string end = short_number(f.extent);
  draw()->AddRect(frame.square.min(), frame.square.max(), c.theme().border);
  draw_text(c.ui, below, Type::MonoSmall, grey, "−" + end);
  draw_text(c.ui, below, Type::MonoSmall, grey, end, Align::Right);
  draw_text(c.ui, below.inset(c.px(30), 0), Type::Small, grey, axis_word(f, 0) + " →", Align::Center);
  const std::string up = "↑ " + axis_word(f, 1);
  const ImVec2 size = text_size(c.ui, Type::Small, up);
  const Rect place{frame.square.x, frame.square.y, size.x + c.px(12), size.y + c.px(4)};
  draw()->AddRectFilled(place.min(), place.max(), fade(c.theme().card, 0.85f));
  draw_text(c.ui, place.inset(c.px(6), 0), Type::Small, grey, up);
}

enum class Kind { Learned, Exact, Difference };

struct Words {
  const char* name;
  const char* label;
  const char* tooltip;
};

Words words_of(Kind kind) {
  if (kind == Kind::Learned)
    return {"lab.field.learned", "What the net learned",
            "The net's velocity on the plane: arrows and streaks are its part along the plane."};
  if (kind == Kind::Exact)
    return {
        "lab.field.exact", "What memory would do",
        "The best velocity for exactly these training digits (v* in formulas): late it ends at one of them."};
  return {
      "lab.field.difference", "Difference",
      "Warm where the net's velocity and the exact one differ, over all 64 coordinates; arrows: net minus "
      "exact."};
}

void draw_square(const PanelContext& c, Rect area, const LabField& f, Kind kind) {
  const Words words = words_of(kind);
  const Rect head = area.take_top(c.px(18), c.px(2)), below = area.take_bottom(c.px(18));
  const float side = std::floor(std::min(area.w, area.h));
  const Rect square{std::floor(area.x + 0.5f * (area.w - side)), area.y, side, side};
  const Frame frame{square, f.extent};
  const bool difference = kind == Kind::Difference;
  const float most = longest(f.difference.length);
  std::string title = words.label;
  if (kind == Kind::Exact) title += side < c.px(330) ? "" : ", of " + grouped(f.latents) + " latents";
  if (difference) title += ": up to " + fixed(most, 2) + " per coordinate";
  draw_text(c.ui, {square.x, head.y, side, head.h}, Type::Small, c.theme().text2, title);
  const Theme& t = c.theme();
  if (difference) {
    draw_heat(c, frame, f, most);
    draw_points(c, frame, f);
    draw_arrows(c, frame, f, f.difference, t.text);
  } else {
    const bool learned = kind == Kind::Learned;
    draw()->AddRectFilled(square.min(), square.max(), t.window);
    c.cache.lab_streaks[learned ? 0 : 1].draw_ink(square, fade(t.text2, 0.5f));
    draw_points(c, frame, f);
    draw_arrows(c, frame, f, learned ? f.learned : f.exact, learned ? t.flow : t.data);
  }
  draw_axes(c, frame, {square.x, square.bottom(), side, below.h}, f);
  readout(c.ui, square,
          {words.name, words.label, words.tooltip + place_text(frame, f),
           difference ? fixed(f.difference_length, 3) : "", ""});
}

/// A chip that opens the ten digits (and where asked, none); sets an argument.
void digit_chip(const PanelContext& c, Rect& line, const char* key, const char* initial, bool with_none,
                const std::string& word, const std::string& tooltip, const std::string& disabled) {
  std::vector<MenuRow> rows;
  if (with_none) rows.push_back({"none", "none", "as if nobody asked", ""});
  for (int k = 0; k < 10; ++k) rows.push_back({std::to_string(k), std::to_string(k), "", ""});
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
  for (const Plane& p : {Plane{"lda", "class axes", "The plane on which the digits fall apart best."},
                         Plane{"pca", "principal axes", "The plane on which the latents spread most."},
                         Plane{"digits", "three means", "The plane through the means of three digits."}}) {
    const Rect place = line.take_left(chip_width(c.ui, p.label), c.px(6));
    const ControlInfo info{std::string("lab.field.plane.") + p.id, p.label, p.tooltip, "", ""};
    if (chip(c.ui, place, info, plane == p.id)) ask(c, "plane", p.id);
  }
  line.take_left(c.px(8));
  const std::string no_labels = c.snapshot.run->labelled ? "" : "This net knows no labels.";
  digit_chip(c, line, "class", "-1", true, "told ",
             "Which digit the net is told; the exact field is then that of this digit's latents alone.",
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
  const double share = 100 * f.difference_length / std::max(1e-9, f.exact_length);
  return {fact("mean-learned", "mean speed, net", fixed(f.learned_length, 3),
               "Length of the net's velocity, RMS per coordinate, mean over the plane."),
          fact("mean-exact", "mean speed, exact", fixed(f.exact_length, 3),
               "Length of the exact velocity, RMS per coordinate, mean over the plane."),
          fact("mean-difference", "mean difference", fixed(f.difference_length, 3),
               "Length of their difference, RMS per coordinate, mean over the plane."),
          fact("relative", "relative difference", fixed(share, 1) + " %",
               "Mean length of the difference over mean length of the exact velocity."),
          fact("cosine", "cosine of the angle", fixed(f.cosine, 4),
               "Cosine of the angle between the two in all 64 coordinates, mean over the plane."),
          fact("time", "time", "t = " + fixed(f.t, 2), "Of the plane shown; it follows the slider.")};
}

}  // namespace

void draw_lab_field(const PanelContext& c) {
  follow_slider(c);
  const auto& found = c.snapshot.lab->field;
  const bool ready = found && found->side > 1;
  const std::string unit =
      ready ? state_words(c, static_cast<float>(found->t)) + ", axes in deviations of the latents" : "";
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
  // Pictures and numbers together stand a little above the middle of what is left.
  const float used = std::min(body.h, side + c.px(38) + (fits ? height + c.px(16) : 0));
  body.take_top(std::floor(0.35f * (body.h - used)));
  body = {body.x, body.y, body.w, used};
  if (fits) facts(c.ui, body.take_bottom(height, c.px(16)), numbers);
  const auto squares = columns(body, {1, 1, 1}, gap);
  draw_square(c.within(squares[0]), squares[0], *found, Kind::Learned);
  draw_square(c.within(squares[1]), squares[1], *found, Kind::Exact);
  draw_square(c.within(squares[2]), squares[2], *found, Kind::Difference);
}

}  // namespace lf
