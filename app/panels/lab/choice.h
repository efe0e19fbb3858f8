// The selected lab tool of a page.
#pragma once

#include <string>
#include <vector>

#include "lab/tools.h"
#include "panels/panel.h"

namespace lf::app::panels {

std::vector<const LabToolInfo*> lab_tools_of(const std::string& page);

/// True if the current page shows a tool that does not use the slider's t.
bool shown_tool_has_no_time(const PanelContext& c);

/// The page's last selected tool; its first one if a stored state names an unknown one.
const LabToolInfo& chosen_lab_tool(const PanelContext& c, const std::string& page);
void choose_lab_tool(const PanelContext& c, const LabToolInfo& tool);

}  // namespace lf::app::panels
