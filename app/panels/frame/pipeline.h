#pragma once

#include "panels/panel.h"

namespace lf {

/// data → encoder → latent → flow → decoder → digit, as chips at the right of `area`; the part at work is
/// lit. Where it does not fit, nothing is drawn and the chips are named as hidden.
void draw_pipeline(const PanelContext& c);

}  // namespace lf
