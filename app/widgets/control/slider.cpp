#include "widgets/control/slider.h"

#include <algorithm>
#include <cmath>

#include "widgets/text/text.h"
#include "widgets/text/typed_number.h"

namespace lf::app::widgets {
namespace {

void draw_track(Ui& ui, const Rect& bar, const TrackSpec& spec) {
  const Theme& t = ui.colours();
  const Color dim = t.dark ? t.card : t.raised;
  const float x = bar.x + spec.value * bar.w, round = 0.5f * bar.h;
  // The past part is bright, the rest dim, in the same colours, so that both ends stay readable.
  const auto tone = [&](float at) { return mix(t.noise, t.data, at); };
  const int pieces = 48;
  draw()->AddRectFilled(bar.min(), bar.max(), dim, round);
  for (int i = 0; i < pieces; ++i) {
    const float a = static_cast<float>(i) / pieces, b = static_cast<float>(i + 1) / pieces;
    const float xa = bar.x + a * bar.w, xb = bar.x + b * bar.w;
    const bool behind = xb <= x;
    const Color left = mix(dim, tone(a), behind ? 1.0f : 0.35f),
                right = mix(dim, tone(b), behind ? 1.0f : 0.35f);
    if (i == 0 || i == pieces - 1) {
      draw()->AddRectFilled({xa, bar.y}, {xb, bar.bottom()}, i == 0 ? left : right, round,
                            i == 0 ? ImDrawFlags_RoundCornersLeft : ImDrawFlags_RoundCornersRight);
    } else {
      draw()->AddRectFilledMultiColor({xa, bar.y}, {xb, bar.bottom()}, left, right, right, left);
    }
  }
  for (float tick : spec.ticks) {
    if (tick <= 0.001f || tick >= 0.999f) continue;
    const float at = std::floor(bar.x + tick * bar.w);
    draw()->AddLine({at, bar.y}, {at, bar.bottom()}, fade(t.window, 0.75f), std::max(1.0f, ui.px(1.5f)));
  }
}

void draw_knob(Ui& ui, ImVec2 at, bool lively, float size = 11.5f) {
  const Theme& t = ui.colours();
  const float radius = ui.px(lively ? size + 1 : size);
  draw()->AddCircleFilled({at.x, at.y + ui.px(1.5f)}, radius + ui.px(3), with_alpha(rgb(0), 0.25f), 40);
  draw()->AddCircleFilled(at, radius + ui.px(3), t.accent, 40);
  draw()->AddCircleFilled(at, radius, rgb(0xFFFFFF), 40);
}

std::string number_text(const NumberSpec& spec) {
  std::string text = spec.shown;
  if (text.empty()) text = spec.integer ? grouped(std::llround(spec.value)) : short_number(spec.value, 5);
  return spec.unit.empty() ? text : text + " " + spec.unit;
}

/// The value after a drag of `pixels`.
double dragged(const NumberSpec& spec, double pixels) {
  double value = spec.value;
  if (spec.logarithmic && spec.value > 0) {
    value *= std::pow(1.012, pixels);
    if (spec.integer && std::abs(value - spec.value) < 1) value = spec.value + (pixels > 0 ? 1 : -1);
  } else {
    const double span = spec.high - spec.low;
    const double speed = spec.integer ? std::clamp(span / 300, 0.05, 50.0) : std::min(span, 10.0) / 300;
    value += pixels * speed;
    if (spec.integer && std::abs(value - spec.value) < 1) value = spec.value + (pixels > 0 ? 1 : -1);
  }
  if (spec.integer) value = std::round(value);
  return std::clamp(value, spec.low, spec.high);
}

}  // namespace

bool t_track(Ui& ui, const Rect& rect, const TrackSpec& spec, float& value) {
  const Response r = control(ui, rect, spec.info);
  const float h = ui.px(10);
  const Rect bar{rect.x, std::floor(rect.center().y - 0.5f * h), rect.w, h};
  TrackSpec now = spec;
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  const bool moved = r.held || r.clicked;
  if (moved) now.value = value = std::clamp((mouse.x - bar.x) / std::max(1.0f, bar.w), 0.0f, 1.0f);
  draw_track(ui, bar, now);
  draw_knob(ui, {bar.x + now.value * bar.w, bar.center().y}, r.hovered || r.held);
  return moved;
}

bool moment_track(Ui& ui, const Rect& rect, const MomentTrack& spec, size_t& place) {
  const Response r = control(ui, rect, spec.info);
  const Theme& t = ui.colours();
  const float last = static_cast<float>(std::max<size_t>(spec.ticks, 2) - 1), y = std::floor(rect.center().y);
  const bool moved = r.enabled && (r.held || r.clicked);
  size_t now = spec.place;
  if (moved) {
    const float share = std::clamp((ImGui::GetIO().MousePos.x - rect.x) / std::max(1.0f, rect.w), 0.0f, 1.0f);
    now = place = static_cast<size_t>(std::lround(share * last));
  }
  const auto x = [&](size_t tick) { return std::floor(rect.x + static_cast<float>(tick) / last * rect.w); };
  draw()->AddLine({rect.x, y}, {rect.right(), y}, t.border, ui.px(2));
  draw()->AddLine({rect.x, y}, {x(now), y}, fade(t.accent, 0.6f), ui.px(2));
  for (size_t i = 0; i < spec.ticks; ++i) {
    const bool bright = i < spec.drawn.size() && spec.drawn[i] != 0;
    draw()->AddCircleFilled({x(i), y}, ui.px(bright ? 3.0f : 2.0f), bright ? t.accent : t.text2, 12);
  }
  draw_knob(ui, {x(now), y}, r.hovered || r.held, 6);
  return moved;
}

bool number_field(Ui& ui, const Rect& rect, const NumberSpec& spec, double& value) {
  if (is_typed(spec)) return typed_number(ui, rect, spec, value);
  ControlInfo info = spec.info;
  info.value = number_text(spec);
  const Response r = control(ui, rect, info);
  const Theme& t = ui.colours();
  const Color fill = mix(t.raised, t.text, r.held ? 0.1f : r.hovered ? 0.06f : 0.0f);
  draw()->AddRectFilled(rect.min(), rect.max(), r.enabled ? fill : fade(t.raised, 0.5f), ui.px(6));
  if (spec.overridden) draw()->AddRect(rect.min(), rect.max(), fade(t.accent, 0.7f), ui.px(6));
  draw_text(ui, rect.inset(ui.px(8), 0), Type::Mono, r.enabled ? t.text : t.faint, number_text(spec),
            Align::Right);
  draw_held_back(ui, rect, spec);
  // A click starts typing, a drag changes the value: digit keys then belong to the number, not to
  // the pages.
  if (r.clicked && ImGui::GetIO().MouseDragMaxDistanceSqr[0] < 9) {
    begin_typing(ui, spec);
    return false;
  }
  const float pixels = r.held ? ImGui::GetIO().MouseDelta.x : 0;
  if (r.hovered || r.held) ImGui::SetMouseCursor(ImGuiMouseCursor_ResizeEW);
  if (pixels == 0 || !ImGui::IsMouseDragging(0, 3)) return false;
  value = dragged(spec, pixels);
  return value != spec.value;
}

void progress_bar(const Ui& ui, const Rect& rect, const std::vector<ProgressPart>& parts) {
  const Theme& t = ui.colours();
  const float round = 0.5f * rect.h;
  draw()->AddRectFilled(rect.min(), rect.max(), t.border, round);
  float x = rect.x;
  for (const ProgressPart& p : parts) {
    const float width = p.share * rect.w * std::clamp(p.done, 0.0f, 1.0f);
    if (width >= 1)
      draw()->AddRectFilled({x, rect.y}, {x + width, rect.bottom()}, p.colour, std::min(round, width));
    x += p.share * rect.w;
  }
}

}  // namespace lf::app::widgets
