#include "widgets/control/button.h"

#include <algorithm>

#include "widgets/text/text.h"

namespace lf::app::widgets {
namespace {

struct Paint {
  Color fill, border, words;
};

Paint button_paint(const Theme& t, ButtonKind kind, const Response& r) {
  if (!r.enabled) return {fade(t.raised, 0.5f), fade(t.border, 0.7f), t.faint};
  const float lift = r.held ? 0.16f : r.hovered ? 0.08f : 0;
  switch (kind) {
    case ButtonKind::Primary:
      return {mix(t.accent, t.on_accent, lift), t.accent, t.on_accent};
    case ButtonKind::Danger:
      return {mix(t.error, t.on_accent, lift), t.error, t.on_accent};
    case ButtonKind::Quiet:
      return {r.hovered ? t.raised : with_alpha(t.raised, 0), with_alpha(t.border, 0), t.text};
    default:
      return {mix(t.raised, t.text, lift * 0.8f), t.border, t.text};
  }
}

/// The small cap with the name of a key.
void draw_key(const Ui& ui, const Rect& cap, const std::string& key, Color colour) {
  draw()->AddRect(cap.min(), cap.max(), fade(colour, 0.45f), ui.px(4));
  draw_text(ui, cap, Type::MonoSmall, fade(colour, 0.85f), key, Align::Center);
}

float key_width(const Ui& ui, const std::string& key) {
  return key.empty() ? 0 : text_size(ui, Type::MonoSmall, key).x + ui.px(10);
}

}  // namespace

float button_width(const Ui& ui, const std::string& label, const ButtonLook& look) {
  float width = text_size(ui, look.kind == ButtonKind::Primary ? Type::Title : Type::Body, label).x;
  // As drawn: sums of rounded lengths are not rounded sums.
  if (look.icon != Icon::None) width += ui.px(14) + (label.empty() ? 0 : ui.px(8));
  if (!look.key.empty()) width += key_width(ui, look.key) + ui.px(10);
  return width + ui.px(28);
}

Response button(Ui& ui, const Rect& rect, const ControlInfo& info, const ButtonLook& look) {
  const Response r = control(ui, rect, info);
  const Paint paint = button_paint(ui.colours(), look.kind, r);
  const float round = ui.px(8);
  draw()->AddRectFilled(rect.min(), rect.max(), paint.fill, round);
  if (look.kind != ButtonKind::Primary) draw()->AddRect(rect.min(), rect.max(), paint.border, round);
  const Type type = look.kind == ButtonKind::Primary ? Type::Title : Type::Body;
  const float used = button_width(ui, info.label, look) - ui.px(28);
  Rect inner = rect.inset(std::max(ui.px(6), 0.5f * (rect.w - used)), 0);
  if (look.icon != Icon::None) {
    const Rect place = inner.take_left(ui.px(14), ui.px(8));
    draw_icon(look.icon, place.center(), ui.px(12), paint.words);
  }
  if (!look.key.empty()) {
    const Rect side = inner.take_right(key_width(ui, look.key), ui.px(10));
    const float h = ui.px(18);
    draw_key(ui, {side.x, side.y + 0.5f * (side.h - h), side.w, h}, look.key, paint.words);
  }
  draw_text(ui, inner, type, paint.words, info.label);
  return r;
}

Response icon_button(Ui& ui, const Rect& rect, Icon icon, const ControlInfo& info, bool on) {
  const Response r = control(ui, rect, info);
  const Theme& t = ui.colours();
  const Color fill = on                       ? mix(t.raised, t.accent, 0.25f)
                     : r.hovered && r.enabled ? t.raised
                                              : with_alpha(t.raised, 0);
  draw()->AddRectFilled(rect.min(), rect.max(), fill, ui.px(6));
  const Color sign = !r.enabled ? t.faint : on || r.hovered ? t.text : t.text2;
  draw_icon(icon, rect.center(), std::min(rect.w, rect.h) * 0.42f, sign);
  return r;
}

float chip_height(const Ui& ui) { return ui.px(20); }

float chip_width(const Ui& ui, const std::string& label) {
  return text_size(ui, Type::Small, label).x + ui.px(16);
}

Response chip(Ui& ui, const Rect& rect, const ControlInfo& info, bool on, bool toggles) {
  ControlInfo shown = info;
  if (shown.value.empty() && toggles) shown.value = on ? "on" : "off";
  const Response r = control(ui, rect, shown);
  const Theme& t = ui.colours();
  const bool filled = on && toggles;
  const Color fill = filled                   ? mix(t.raised, t.accent, t.dark ? 0.13f : 0.10f)
                     : r.hovered && r.enabled ? t.raised
                                              : with_alpha(t.raised, 0);
  const Color border = filled ? mix(t.border, t.accent, 0.38f) : t.border;
  draw()->AddRectFilled(rect.min(), rect.max(), fill, ui.px(6));
  draw()->AddRect(rect.min(), rect.max(), border, ui.px(6));
  const Color words = !r.enabled ? t.faint : filled || r.hovered ? t.text : t.text2;
  draw_text(ui, rect.inset(ui.px(7), 0), Type::Small, words, info.label, Align::Center);
  return r;
}

bool toggle(Ui& ui, const Rect& rect, const ControlInfo& info, bool on) {
  ControlInfo shown = info;
  shown.value = on ? "on" : "off";
  const Response r = control(ui, rect, shown);
  const Theme& t = ui.colours();
  const float h = std::min(rect.h, ui.px(18)), w = h * 1.8f;
  const Rect track{rect.x, rect.y + 0.5f * (rect.h - h), w, h};
  const Color fill = !r.enabled ? t.raised : on ? t.accent : mix(t.raised, t.text, r.hovered ? 0.15f : 0.08f);
  draw()->AddRectFilled(track.min(), track.max(), fill, 0.5f * h);
  const float x = on ? track.right() - 0.5f * h : track.x + 0.5f * h;
  draw()->AddCircleFilled({x, track.center().y}, 0.36f * h, on ? t.on_accent : t.text2);
  return r.clicked;
}

}  // namespace lf::app::widgets
