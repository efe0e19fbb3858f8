#include "panels/lab/field/square.h"

#include <algorithm>
#include <cmath>

#include "base/classes.h"
#include "widgets/text/text.h"

namespace lf::app::panels {
namespace {

constexpr int kArrows = 16;  ///< steps between arrows along a side

/// The screen position of a point of the plane.
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
    const Color colour = fade(c.theme().digits[f.labels[i] % kClasses], 0.55f);
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

/// The longest arrow of both fields, so that the three panels share one scale.
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

/// The difference's length as a colour, one rectangle per grid point.
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

/// The values at the mouse's position.
std::string place_text(const Frame& frame, const LabField& f) {
  const ImVec2 mouse = ImGui::GetMousePos();
  if (!frame.square.contains(mouse)) return "";
  const auto index = [&](float part) {
    return std::clamp(static_cast<int>(std::lround(part * static_cast<float>(f.side - 1))), 0, f.side - 1);
  };
  const int column = index((mouse.x - frame.square.x) / frame.square.w),
            row = index((frame.square.bottom() - mouse.y) / frame.square.h);
  const auto i = static_cast<size_t>(row * f.side + column);
  return " Here: network " + fixed(f.learned.length[i], 2) + ", exact " + fixed(f.exact.length[i], 2) +
         ", difference " + fixed(f.difference.length[i], 2) + " per coordinate.";
}

std::string axis_word(const LabField& f, int axis) {
  if (f.plane == "digits") return axis == 0 ? "from mean a to mean b" : "towards mean c";
  const char* kind = f.plane == "pca" ? "principal axis" : "class axis";
  return std::string(axis == 0 ? "first " : "second ") + kind;
}

/// Texts around a square: ranges and names of the axes.
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

struct Words {
  const char* name;
  const char* label;
  const char* tooltip;
};

Words words_of(FieldSquare kind) {
  if (kind == FieldSquare::Learned)
    return {"lab.field.learned", "Learned velocity",
            "The network's velocity on the plane. Arrows and streaks show its component in the plane."};
  if (kind == FieldSquare::Exact)
    return {"lab.field.exact", "Exact velocity",
            "The exact velocity v* for the set of all training digits. At large t it points to one of them."};
  return {"lab.field.difference", "Difference",
          "The network's velocity minus the exact one. Warm colours mark a large difference over all 64 "
          "coordinates; arrows show its component in the plane."};
}

}  // namespace

void draw_field_square(const PanelContext& c, Rect area, const LabField& f, FieldSquare kind) {
  const Words words = words_of(kind);
  const Rect head = area.take_top(c.px(18), c.px(2)), below = area.take_bottom(c.px(18));
  const float side = std::floor(std::min(area.w, area.h));
  const Rect square{std::floor(area.x + 0.5f * (area.w - side)), area.y, side, side};
  const Frame frame{square, f.extent};
  const bool difference = kind == FieldSquare::Difference;
  const float most = longest(f.difference.length);
  std::string title = words.label;
  if (kind == FieldSquare::Exact) title += side < c.px(330) ? "" : ", of " + grouped(f.latents) + " latents";
  if (difference) title += ": up to " + fixed(most, 2) + " per coordinate";
  draw_text(c.ui, {square.x, head.y, side, head.h}, Type::Small, c.theme().text2, title);
  const Theme& t = c.theme();
  if (difference) {
    draw_heat(c, frame, f, most);
    draw_points(c, frame, f);
    draw_arrows(c, frame, f, f.difference, t.text);
  } else {
    const bool learned = kind == FieldSquare::Learned;
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

}  // namespace lf::app::panels
