// The panels behind the tools of the lab, and what they share.
#pragma once

#include <string>

#include "messages/lab.h"
#include "panels/actions.h"
#include "panels/panel.h"
#include "widgets/card.h"

namespace lf {

/// Draws one tool into the area of the context.
void draw_lab_ghost(const PanelContext& c);
void draw_lab_solvers(const PanelContext& c);
void draw_lab_guidance(const PanelContext& c);

/// The first card of a tool: its question as the title, its tooltip on it, progress until it is answered.
CardBody lab_card(const PanelContext& c, const std::string& unit, const std::string& answer,
                  const std::vector<CardChip>& chips);

/// Says in `body` why there is nothing to see yet; true when it did (`ready` false).
bool lab_waits(const PanelContext& c, const Rect& body, bool ready);

/// The switch of the endpoint ghost: nobody asks for a digit (the default: then it decides on the way).
constexpr const char* kGhostUnlabelled = "lab.ghost.unlabelled";

/// A click into a plot over t takes the slider there and stops the playing.
void click_moves_t(const PanelContext& c, const PlotState& state);

}  // namespace lf
