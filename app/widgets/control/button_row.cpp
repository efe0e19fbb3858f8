#include "widgets/control/button_row.h"

#include "widgets/text/wrap_line.h"

namespace lf::app::widgets {
namespace {

constexpr float kHeight = 30, kGap = 8;

/// The position of each button.
std::vector<Rect> places(const Ui& ui, const Rect& area, const std::vector<RowButton>& buttons) {
  std::vector<Rect> result;
  WrapLine line(area, ui.px(kHeight), ui.px(kGap));
  for (const RowButton& b : buttons) result.push_back(line.next(button_width(ui, b.info.label, b.look)));
  return result;
}

}  // namespace

int button_row(Ui& ui, const Rect& area, const std::vector<RowButton>& buttons) {
  const auto slots = places(ui, area, buttons);
  int clicked = -1;
  for (size_t i = 0; i < buttons.size(); ++i) {
    if (button(ui, slots[i], buttons[i].info, buttons[i].look)) clicked = static_cast<int>(i);
  }
  return clicked;
}

}  // namespace lf::app::widgets
