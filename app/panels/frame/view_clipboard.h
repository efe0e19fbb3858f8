// Copies the view on screen as a line of a script, and shows views from such lines.
#pragma once

#include <string>
#include <vector>

#include "panels/panel.h"
#include "protocol/view_line.h"

namespace lf::app::panels {

/// Puts the line of the view on screen on the clipboard, and says so.
void copy_view(const PanelContext& c);

/// The views in a text of `view KEY=VALUE …` lines, which is called `name`. Throws InputError if a line is
/// anything else, or if there is none.
std::vector<ViewLine> views_of(const std::string& text, const std::string& name);

/// Shows the views in a text of `view KEY=VALUE …` lines, one after the other. What cannot be shown is said
/// in a notice, which calls the text `name`; nothing changes if a line is anything else.
void show_views(const PanelContext& c, const std::string& text, const std::string& name);

/// A message of the window about its view, at the top of the page.
void notify(ViewState& view, const std::string& text, bool warns, double now);

/// True for files that hold views: .view and .lf.
bool is_view_file(const std::string& path);

/// A chip at the right end of c.area that copies the view; returns the rest of the area. Without room for it
/// the area is unchanged.
Rect draw_copy_view(const PanelContext& c);

}  // namespace lf::app::panels
