// The panels of the lab tools, and their shared parts.
#pragma once

#include <string>

#include "lab/block.h"
#include "lab/list.h"
#include "panels/panel.h"
#include "widgets/control/card.h"

namespace lf::app::panels {

/// Draws one tool into the area of the context.
#define LF_DRAW(name) void draw_lab_##name(const PanelContext& c);
LF_LAB_TOOLS(LF_DRAW)
#undef LF_DRAW

/// The first card of a tool: its subtitle as the title, its tooltip, and progress until the result
/// is complete.
CardBody lab_card(const PanelContext& c, const std::string& unit, const std::string& answer,
                  const std::vector<CardChip>& chips);

/// The flow that the selected tool would use is untrained: its numbers would mean nothing.
bool lab_untrained(const PanelContext& c);
/// The text in place of a result: when the flow starts training, or what to press.
void draw_lab_untrained(const PanelContext& c);

/// Shows in `body` why there is no result yet; true if it did (`ready` false).
bool lab_waits(const PanelContext& c, const Rect& body, bool ready);

/// True when the answer shown is another than the one whose pictures the cache holds: they are to be set now.
bool lab_pictures_change(const PanelContext& c);

/// Where the view stores an argument of a tool. A value set there is requested from the worker in
/// the next frame: `c.view.set(lab_argument_key("ghost", "unlabelled"), true)`.
std::string lab_argument_key(const std::string& tool, const std::string& key);

/// True while the worker has open exactly what a script requested: nothing changes by itself then.
bool lab_is_scripted(const PanelContext& c);

/// The time of an image or number, in the same words for all tools: "t = 0.50" if it is the
/// slider's, else "the nearest state t = 0.48".
std::string state_words(const PanelContext& c, float state);

/// A click into a plot over t moves the slider there and stops playing.
void click_moves_t(const PanelContext& c, const PlotState& state);

}  // namespace lf::app::panels
