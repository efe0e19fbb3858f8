// Which tool of the lab is chosen on a page.
#pragma once

#include <string>
#include <vector>

#include "lab/tools.h"
#include "panels/panel.h"

namespace lf {

std::vector<const LabToolInfo*> lab_tools_of(const std::string& page);

/// The page shown is a tool for which the slider's t does nothing.
bool shown_tool_has_no_time(const PanelContext& c);

/// The page's tool chosen last; its first one where a stored state names none that exists.
const LabToolInfo& chosen_lab_tool(const PanelContext& c, const std::string& page);
void choose_lab_tool(const PanelContext& c, const LabToolInfo& tool);

}  // namespace lf
