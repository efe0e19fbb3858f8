// A small diagram of the model, in the tab bar.
#pragma once

#include "panels/panel.h"

namespace lf::app::panels {

/// data → encoder → latent → flow → decoder → digit, as chips at the right of `area`; the active
/// part is lit. If they do not fit, nothing is drawn and the chips are registered as hidden.
void draw_pipeline(const PanelContext& c);

}  // namespace lf::app::panels
