// The two lists of the files panel.
#pragma once

#include "panels/panel.h"

namespace lf {

/// The listed folder: a line with its path and the way up, then its entries. A click on a folder enters it,
/// on a file (or a run or data folder) puts it into the path field; a double click also opens it. Returns
/// true when the panel's main button is meant (double click).
bool draw_folder(const PanelContext& c);

/// Files and folders used before. Returns true as draw_folder does.
bool draw_recent(const PanelContext& c);

}  // namespace lf
