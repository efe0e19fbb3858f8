#pragma once

#include <functional>
#include <string>

#include "widgets/ui.h"

namespace lf {

/// A part of the window that scrolls vertically. `contents` draws from the top of the rectangle it is given
/// (its height is the room there is) and returns the height it used.
void scroll_area(Ui& ui, const Rect& area, const std::string& name,
                 const std::function<float(const Rect&)>& contents);

/// A layer above everything (help, files): dims the window and draws a centred sheet with a title and a
/// cross. `contents` gets the inside. Returns true when it was dismissed (cross, Escape is the caller's, or a
/// click beside it). While it is open the controls below get no mouse.
bool sheet(Ui& ui, const std::string& name, const std::string& title, ImVec2 effective_size,
           const std::function<void(const Rect&)>& contents);

}  // namespace lf
