// The panels behind the tools of the lab, and what they share.
#pragma once

#include <string>

#include "lab/block.h"
#include "lab/list.h"
#include "panels/actions.h"
#include "panels/panel.h"
#include "widgets/control/card.h"

namespace lf {

constexpr size_t kDigitClasses = 10;  ///< digits that a label can name

/// Draws one tool into the area of the context.
#define LF_DRAW(name) void draw_lab_##name(const PanelContext& c);
LF_LAB_TOOLS(LF_DRAW)
#undef LF_DRAW

/// The first card of a tool: its question as the title, its tooltip on it, progress until it is answered.
CardBody lab_card(const PanelContext& c, const std::string& unit, const std::string& answer,
                  const std::vector<CardChip>& chips);

/// Nothing was learned yet by the flow that the chosen tool would ask: no number of it would be an answer.
bool lab_untrained(const PanelContext& c);
/// The chosen tool instead of an answer: when the flow begins to learn, or what to press.
void draw_lab_untrained(const PanelContext& c);

/// Says in `body` why there is nothing to see yet; true when it did (`ready` false).
bool lab_waits(const PanelContext& c, const Rect& body, bool ready);

/// True when the answer shown is another than the one whose pictures the cache holds: they are to be set now.
bool lab_pictures_change(const PanelContext& c);

/// Where the view keeps an argument of a tool. What is set there is what the worker is asked for, in the next
/// frame: `c.view.set(lab_argument_key("ghost", "unlabelled"), true)`.
std::string lab_argument_key(const std::string& tool, const std::string& key);

/// True while the worker has open exactly what a script asked for: nothing moves on by itself then.
bool lab_is_scripted(const PanelContext& c);

/// Which time a picture or number is of, in the words that all tools use: "t = 0.50" where it is the
/// slider's, else "the nearest state t = 0.48".
std::string state_words(const PanelContext& c, float state);

/// A click into a plot over t takes the slider there and stops the playing.
void click_moves_t(const PanelContext& c, const PlotState& state);

}  // namespace lf
