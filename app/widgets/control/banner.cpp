#include "widgets/control/banner.h"

#include <algorithm>

#include "widgets/text/text.h"

namespace lf::app::widgets {
namespace {

Color banner_colour(const Theme& t, BannerKind kind) {
  switch (kind) {
    case BannerKind::Success:
      return t.good;
    case BannerKind::Warning:
      return t.warning;
    case BannerKind::Error:
      return t.error;
    default:
      return t.accent;
  }
}

float action_width(const Ui& ui, const BannerSpec& spec) {
  return spec.action.empty() ? 0 : button_width(ui, spec.action) + ui.px(8);
}

/// Room for the text: without sign, cross and action.
float text_width(const Ui& ui, float width, const BannerSpec& spec) {
  return std::max(ui.px(80), width - ui.px(38 + 40) - action_width(ui, spec));
}

}  // namespace

float banner_height(const Ui& ui, float width, const BannerSpec& spec) {
  const float text = paragraph_height(ui, text_width(ui, width, spec), Type::Body, spec.text);
  return std::max(ui.px(36), std::min(text, ui.px(80)) + ui.px(18));
}

BannerResult banner(Ui& ui, const Rect& rect, const BannerSpec& spec) {
  const Theme& t = ui.colours();
  const Color tone = banner_colour(t, spec.kind);
  draw()->AddRectFilled(rect.min(), rect.max(), mix(t.card, tone, 0.14f), ui.px(8));
  draw()->AddRect(rect.min(), rect.max(), mix(t.border, tone, 0.6f), ui.px(8));
  readout(ui, rect, {spec.name, "Message", "", spec.text, ""});
  Rect inner = rect.inset(ui.px(12), 0);
  const Rect sign = inner.take_left(ui.px(16), ui.px(10));
  const Icon icon = spec.kind == BannerKind::Success ? Icon::Check : Icon::Warning;
  draw_icon(icon, {sign.center().x, rect.center().y}, ui.px(14), tone);
  BannerResult result;
  Rect cross = inner.take_right(ui.px(24), ui.px(4));
  cross = {cross.x, rect.center().y - ui.px(12), ui.px(24), ui.px(24)};
  result.dismissed =
      icon_button(ui, cross, Icon::Close,
                  {spec.name + ".dismiss", "Dismiss", "Hides this message; the log keeps it.", "", ""})
          .clicked;
  if (!spec.action.empty()) {
    const Rect place = inner.take_right(button_width(ui, spec.action), ui.px(8));
    result.acted = button(ui, {place.x, rect.center().y - ui.px(14), place.w, ui.px(28)},
                          {spec.name + ".action", spec.action, "", "", ""})
                       .clicked;
  }
  const float width = text_width(ui, rect.w, spec);
  const float h = std::min(paragraph_height(ui, width, Type::Body, spec.text), rect.h - ui.px(8));
  draw_paragraph(ui, {inner.x, rect.center().y - 0.5f * h, width, h + 2}, Type::Body, t.text, spec.text);
  return result;
}

}  // namespace lf::app::widgets
