#include "widgets/control/card.h"

#include <algorithm>

#include "widgets/text/text.h"

namespace lf::app::widgets {
namespace {

/// Chips from the right edge of the head, in their order; returns the index of the clicked one.
int draw_chips(Ui& ui, Rect& head, const std::vector<CardChip>& chips) {
  float total = 0;
  for (const CardChip& c : chips) total += chip_width(ui, c.info.label) + ui.px(6);
  if (chips.empty()) return -1;
  Rect strip = head.take_right(std::min(total - ui.px(6), head.w), ui.px(8));
  int clicked = -1;
  for (size_t i = 0; i < chips.size(); ++i) {
    Rect place = strip.take_left(chip_width(ui, chips[i].info.label), ui.px(6));
    place.y += 0.5f * (place.h - chip_height(ui));
    place.h = chip_height(ui);
    if (chip(ui, place, chips[i].info, chips[i].on, chips[i].toggles)) clicked = static_cast<int>(i);
  }
  return clicked;
}

}  // namespace

CardBody card(Ui& ui, const Rect& rect, const CardSpec& spec) {
  const Theme& t = ui.colours();
  fill_rounded(rect, t.card, ui.px(10));
  draw()->AddRect(rect.min(), rect.max(), t.border, ui.px(10), 0, t.line);
  readout(ui, rect, {spec.name, spec.title, "", spec.answer, ""});
  Rect inner = rect.inset(ui.px(12), ui.px(8));
  Rect head = inner.take_top(ui.px(24), ui.px(6));
  CardBody body;
  body.clicked = draw_chips(ui, head, spec.chips);
  const float title = draw_text(ui, head, Type::Title, t.text, spec.title);
  head.take_left(title, ui.px(10));
  const bool fits = text_size(ui, Type::Small, spec.unit).x <= head.w;
  const float unit = fits ? draw_text(ui, head, Type::Small, t.text2, spec.unit) : 0;
  head.take_left(unit, ui.px(8));
  body.head_right = head;
  if (!spec.answer.empty()) {
    // One line where it fits, two where it does not.
    const float line = text_size(ui, Type::Small, "X").y;
    const float needed = paragraph_height(ui, inner.w, Type::Small, spec.answer);
    const Rect place =
        inner.take_bottom(std::max(ui.px(20), std::min(needed, 2 * line) + ui.px(4)), ui.px(4));
    if (needed < 1.5f * line)
      draw_text(ui, place, Type::Small, t.text2, spec.answer);
    else
      draw_paragraph(ui, place, Type::Small, t.text2, spec.answer);
  }
  body.body = inner;
  return body;
}

void empty_state(Ui& ui, const Rect& body, const std::string& title, const std::string& how) {
  const float width = std::min(body.w, ui.px(320));
  const float head = text_size(ui, Type::Title, title).y + ui.px(6);
  const float text = paragraph_height(ui, width, Type::Small, how);
  const float top = body.y + std::max(0.0f, 0.5f * (body.h - head - text));
  const Theme& t = ui.colours();
  draw()->PushClipRect(body.min(), body.max(), true);
  draw_text(ui, {body.x, top, body.w, head}, Type::Title, t.text2, title, Align::Center);
  draw_centred(ui, {body.x + 0.5f * (body.w - width), top + head, width, text + 2}, Type::Small,
               mix(t.text2, t.faint, 0.3f), how);
  draw()->PopClipRect();
}

}  // namespace lf::app::widgets
