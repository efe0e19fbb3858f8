#include "widgets/icons.h"

#include <cmath>

namespace lf::app::widgets {
namespace {

/// A pen in a unit square around a centre: −1..1 in both directions.
struct Pen {
  ImDrawList* list;
  ImVec2 center;
  float half;
  Color colour;
  float width;

  ImVec2 at(float x, float y) const { return {center.x + x * half, center.y + y * half}; }
  void line(float x1, float y1, float x2, float y2) const {
    list->AddLine(at(x1, y1), at(x2, y2), colour, width);
  }
  void triangle(float x1, float y1, float x2, float y2, float x3, float y3) const {
    list->AddTriangleFilled(at(x1, y1), at(x2, y2), at(x3, y3), colour);
  }
  void box(float x1, float y1, float x2, float y2) const {
    list->AddRectFilled(at(x1, y1), at(x2, y2), colour, half * 0.15f);
  }
  void arc(float from, float to, float radius) const {
    list->PathArcTo(center, radius * half, from, to, 20);
    list->PathStroke(colour, 0, width);
  }
};

constexpr float kHalfTurn = static_cast<float>(M_PI);

/// An open circle with an arrow head at its end: clockwise (redo) or counter-clockwise (reset, undo).
void turn_arrow(const Pen& pen, float direction) {
  if (direction > 0) {
    pen.arc(-0.35f * kHalfTurn, 1.35f * kHalfTurn, 0.8f);
    pen.triangle(0.05f, -0.85f, 0.75f, -1.0f, 0.6f, -0.25f);
  } else {
    pen.arc(-0.35f * kHalfTurn, 1.35f * kHalfTurn, 0.8f);
    pen.triangle(-0.05f, -0.85f, -0.75f, -1.0f, -0.6f, -0.25f);
  }
}

void draw_media(Icon icon, const Pen& pen) {
  switch (icon) {
    case Icon::Play:
      pen.triangle(-0.6f, -0.9f, 0.9f, 0, -0.6f, 0.9f);
      break;
    case Icon::Pause:
      pen.box(-0.75f, -0.9f, -0.2f, 0.9f);
      pen.box(0.2f, -0.9f, 0.75f, 0.9f);
      break;
    case Icon::Step:
    case Icon::Next:
      pen.triangle(-0.8f, -0.85f, 0.4f, 0, -0.8f, 0.85f);
      pen.box(0.5f, -0.85f, 0.8f, 0.85f);
      break;
    case Icon::Previous:
      pen.triangle(0.8f, 0.85f, -0.4f, 0, 0.8f, -0.85f);
      pen.box(-0.8f, -0.85f, -0.5f, 0.85f);
      break;
    case Icon::Loop:
      turn_arrow(pen, 1);
      break;
    case Icon::Reset:
    case Icon::Undo:
      turn_arrow(pen, -1);
      break;
    default:
      break;
  }
}

void draw_files(Icon icon, const Pen& pen) {
  if (icon == Icon::Folder) {
    pen.box(-0.9f, -0.7f, -0.1f, -0.2f);
    pen.box(-0.9f, -0.45f, 0.9f, 0.75f);
  } else {
    pen.list->AddRect(pen.at(-0.6f, -0.9f), pen.at(0.6f, 0.9f), pen.colour, pen.half * 0.2f, 0, pen.width);
    pen.line(-0.25f, -0.25f, 0.25f, -0.25f);
    pen.line(-0.25f, 0.25f, 0.25f, 0.25f);
  }
}

/// Five tips and the corners between them, clockwise from the top.
void draw_star(const Pen& pen, bool filled) {
  constexpr int kCorners = 10;
  ImVec2 corner[kCorners];
  for (int i = 0; i < kCorners; ++i) {
    const float angle = kHalfTurn * (0.2f * static_cast<float>(i) - 0.5f), radius = i % 2 == 0 ? 1.0f : 0.42f;
    corner[i] = pen.at(radius * std::cos(angle), radius * std::sin(angle));
  }
  if (!filled) {
    pen.list->AddPolyline(corner, kCorners, pen.colour, ImDrawFlags_Closed, pen.width);
    return;
  }
  const ImVec2 middle[] = {corner[1], corner[3], corner[5], corner[7], corner[9]};
  pen.list->AddConvexPolyFilled(middle, 5, pen.colour);
  for (int i = 0; i < kCorners; i += 2)
    pen.list->AddTriangleFilled(corner[(i + 9) % kCorners], corner[i], corner[i + 1], pen.colour);
}

/// Two sliders: what is behind is settings.
void draw_sliders(const Pen& pen) {
  pen.line(-0.9f, -0.45f, 0.9f, -0.45f);
  pen.line(-0.9f, 0.45f, 0.9f, 0.45f);
  pen.list->AddCircleFilled(pen.at(0.3f, -0.45f), pen.half * 0.34f, pen.colour);
  pen.list->AddCircleFilled(pen.at(-0.35f, 0.45f), pen.half * 0.34f, pen.colour);
}

void draw_sign(Icon icon, const Pen& pen) {
  switch (icon) {
    case Icon::Menu:
      for (float x : {-0.75f, 0.0f, 0.75f})
        pen.list->AddCircleFilled(pen.at(x, 0), pen.half * 0.22f, pen.colour);
      break;
    case Icon::Close:
      pen.line(-0.7f, -0.7f, 0.7f, 0.7f);
      pen.line(-0.7f, 0.7f, 0.7f, -0.7f);
      break;
    case Icon::Check:
      pen.line(-0.75f, 0.05f, -0.2f, 0.6f);
      pen.line(-0.2f, 0.6f, 0.8f, -0.6f);
      break;
    case Icon::Down:
      pen.triangle(-0.6f, -0.3f, 0.6f, -0.3f, 0, 0.5f);
      break;
    case Icon::Right:
      pen.triangle(-0.3f, -0.6f, 0.5f, 0, -0.3f, 0.6f);
      break;
    case Icon::Plus:
      pen.line(-0.8f, 0, 0.8f, 0);
      pen.line(0, -0.8f, 0, 0.8f);
      break;
    case Icon::Help:
      pen.list->AddCircle(pen.center, pen.half, pen.colour, 24, pen.width);
      pen.list->PathArcTo(pen.at(0, -0.22f), pen.half * 0.32f, -3.0f, 1.2f, 12);
      pen.list->PathStroke(pen.colour, 0, pen.width);
      pen.line(0.02f, 0.08f, 0.02f, 0.25f);
      pen.list->AddCircleFilled(pen.at(0.02f, 0.55f), pen.width * 0.6f, pen.colour);
      break;
    case Icon::Warning:
      pen.list->AddTriangle(pen.at(0, -0.9f), pen.at(1, 0.85f), pen.at(-1, 0.85f), pen.colour, pen.width);
      pen.line(0, -0.3f, 0, 0.3f);
      pen.list->AddCircleFilled(pen.at(0, 0.6f), pen.width * 0.6f, pen.colour);
      break;
    default:
      break;
  }
}

}  // namespace

void draw_icon(Icon icon, ImVec2 center, float size, Color colour) {
  const Pen pen{draw(), center, 0.5f * size, colour, std::fmax(1.2f, size * 0.13f)};
  switch (icon) {
    case Icon::None:
      return;
    case Icon::Folder:
    case Icon::File:
      return draw_files(icon, pen);
    case Icon::Settings:
      return draw_sliders(pen);
    case Icon::Star:
    case Icon::FilledStar:
      return draw_star(pen, icon == Icon::FilledStar);
    case Icon::Play:
    case Icon::Pause:
    case Icon::Step:
    case Icon::Next:
    case Icon::Previous:
    case Icon::Loop:
    case Icon::Reset:
    case Icon::Undo:
      return draw_media(icon, pen);
    default:
      return draw_sign(icon, pen);
  }
}

}  // namespace lf::app::widgets
