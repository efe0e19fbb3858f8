#include "panels/sentence.h"

#include <algorithm>

#include "widgets/text/text.h"

namespace lf::app::panels {

void sentence(const PanelContext& c, Rect& body, const std::string& text) {
  if (text.empty()) return;
  const float needed = paragraph_height(c.ui, body.w, Type::Small, text) + 2;
  const Rect place = body.take_bottom(std::min(needed, 0.5f * body.h), c.px(6));
  draw_paragraph(c.ui, place, Type::Small, c.theme().text2, text);
}

}  // namespace lf::app::panels
