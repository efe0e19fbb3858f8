#include "widgets/image/difference_legend.h"

#include <algorithm>

#include "widgets/text/text.h"

namespace lf::app::widgets {

void difference_legend(Ui& ui, const Rect& rect, const std::string& name, const std::string& negative_word,
                       const std::string& positive_word) {
  const Theme& t = ui.colours();
  readout(
      ui, rect,
      {name, "Difference", "A brighter colour means a larger difference; the background colour means none.",
       negative_word + " – " + positive_word, ""});
  const float words =
      std::max(text_size(ui, Type::Small, negative_word).x, text_size(ui, Type::Small, positive_word).x) +
      ui.px(8);
  Rect line = rect;
  const Rect left = line.take_left(words), right = line.take_right(words);
  draw_text(ui, left, Type::Small, t.text2, negative_word);
  draw_text(ui, right, Type::Small, t.text2, positive_word, Align::Right);
  const Rect bar{line.x, line.center().y - ui.px(4), line.w, ui.px(8)};
  const float middle = bar.center().x;
  const Color surface = t.dark ? t.window : t.raised;
  draw()->AddRectFilledMultiColor(bar.min(), {middle, bar.bottom()}, t.negative, surface, surface,
                                  t.negative);
  draw()->AddRectFilledMultiColor({middle, bar.y}, bar.max(), surface, t.positive, t.positive, surface);
}

}  // namespace lf::app::widgets
