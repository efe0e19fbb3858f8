// Everything that can appear on any page: messages, dialogs and help.
#pragma once

#include <string>

#include "panels/panel.h"

namespace lf::app::panels {

/// Messages between tabs and page: the last error, a finished save, a running job, a crashed run to
/// resume. Returns the height used at the top of `area`.
float draw_messages(const PanelContext& c);

/// The text of the first banner: an error, or a substitute; "" if none is shown.
std::string shown_message(const NoticeBlock& notice, const ViewState& view);

/// Everything above the page: help, files, about, 'saving …'. Called last; `area` is the whole
/// window.
void draw_overlays(const PanelContext& c);

/// The tour is offered at the top of the page until it is taken or dismissed, also in later sessions.
void offer_tour(ViewState& view);

}  // namespace lf::app::panels
