// Pages that need more height than a small window has.
#pragma once

#include <functional>
#include <string>

#include "panels/panel.h"

namespace lf::app::panels {

/// Draws a page into c.area; if that is lower than `least` effective pixels the page gets that
/// height and scrolls. `name` is the scroll area's.
void page_scroll(const PanelContext& c, const std::string& name, float least,
                 const std::function<void(const PanelContext&)>& draw_page);

/// True when the area is at least so many effective pixels wide: pages then put cards side by side.
bool wide(const PanelContext& c, float effective);

}  // namespace lf::app::panels
