#pragma once

#include <string>

#include "panels/panel.h"

namespace lf {

/// "≈ 2.7 %", or "—" when nothing was scored.
std::string quality_text(const QualityBlock& quality);
/// The score to show: the full one when it belongs to the weights shown, else the live one.
const Score& best_score(const QualityBlock& quality);

/// What is being done, in few words: "Flow 130 / 1,404".
std::string phase_words(const RunBlock& run);

/// The pieces of the top bar that tell how the run stands; each cuts its place off `bar` (from the right,
/// the phase takes what is left).
void draw_device(const PanelContext& c, Rect& bar);
void draw_quality_badge(const PanelContext& c, Rect& bar);
void draw_phase(const PanelContext& c, const Rect& bar);

}  // namespace lf
