// The two lists of the files panel.
#pragma once

#include "panels/panel.h"

namespace lf::app::panels {

/// The listed folder: a line with its path and a button to its parent, then its entries. A click on
/// a folder enters it, on a file (or a run or data folder) puts it into the path field; a double
/// click also opens it. Returns true on a double click, which acts like the panel's main button.
bool draw_folder(const PanelContext& c);

/// Recent files and folders. Returns true like draw_folder.
bool draw_recent(const PanelContext& c);

}  // namespace lf::app::panels
