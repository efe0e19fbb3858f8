#include "panels/page_scroll.h"

#include "widgets/control/scroll.h"

namespace lf::app::panels {

void page_scroll(const PanelContext& c, const std::string& name, float least,
                 const std::function<void(const PanelContext&)>& draw_page) {
  if (c.area.h >= c.px(least)) {
    draw_page(c);
    return;
  }
  scroll_area(c.ui, c.area, name, [&](const Rect& room) {
    Rect page = room;
    page.h = c.px(least);
    draw_page(c.within(page));
    return page.h;
  });
}

bool wide(const PanelContext& c, float effective) { return c.area.w >= c.px(effective); }

}  // namespace lf::app::panels
