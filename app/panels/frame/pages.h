// The table of pages. Tabs and number keys follow its order.
#pragma once

#include <string>
#include <vector>

#include "panels/panel.h"

namespace lf::app::panels {

struct PageInfo {
  const char* id;     ///< in scripts and the ui-map: "explore" -> item page.explore
  const char* label;  ///< on the tab
  const char* tooltip;
  void (*draw)(const PanelContext&);
};

/// In the order of the tabs.
const std::vector<PageInfo>& page_table();
/// The page with this id, or the first.
const PageInfo& find_page(const std::string& id);

}  // namespace lf::app::panels
