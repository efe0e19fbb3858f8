// The state of a run in few words, for the top bar and the Quality page.
#pragma once

#include <string>

#include "panels/panel.h"

namespace lf::app::panels {

/// "≈ 2.7 %", or "—" if nothing was scored.
std::string quality_text(const QualityBlock& quality);
/// The score to show: the full one if it belongs to the current weights, else the live one.
const Score& best_score(const QualityBlock& quality);

/// The current activity, in few words: "Flow 130 / 1,404".
std::string phase_words(const RunBlock& run);

/// The parts of the top bar with the run's state; each takes its area from `bar` (from the right;
/// the phase takes the rest).
void draw_device(const PanelContext& c, Rect& bar);
void draw_quality_badge(const PanelContext& c, Rect& bar);
void draw_phase(const PanelContext& c, const Rect& bar);

}  // namespace lf::app::panels
