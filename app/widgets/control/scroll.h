// Containers: a scrolling area, and a sheet above the whole window.
#pragma once

#include <functional>
#include <string>

#include "widgets/ui.h"

namespace lf::app::widgets {

/// A vertically scrolling part of the window. `contents` draws from the top of its rectangle (whose
/// height is the room there) and returns the height used.
void scroll_area(Ui& ui, const Rect& area, const std::string& name,
                 const std::function<float(const Rect&)>& contents);

/// A layer above everything (help, files): dims the window and draws a centred sheet with a title
/// and a cross. `contents` gets the inside. Returns true when it was dismissed (with the cross or a
/// click beside it; Escape is the caller's). While it is open the controls below get no mouse.
bool sheet(Ui& ui, const std::string& name, const std::string& title, ImVec2 effective_size,
           const std::function<void(const Rect&)>& contents);

}  // namespace lf::app::widgets
