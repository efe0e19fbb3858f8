#pragma once

#include <string>

#include "panels/panel.h"

namespace lf {

/// Messages between tabs and page: the last error, a finished save, a job at work, a crashed run to resume.
/// Returns the height used at the top of `area`.
float draw_messages(const PanelContext& c);

/// What the first banner says: an error, or what is used in place of something else; "" where none is shown.
std::string shown_message(const NoticeBlock& notice, const ViewState& view);

/// What lies above everything: help, files, about, 'saving …'. Called last; `area` is the whole window.
void draw_overlays(const PanelContext& c);

}  // namespace lf
