// The content of the Explore cards before the flow starts: reconstructions of an autoencoder in
// training.
#pragma once

#include <string>

#include "panels/panel.h"
#include "widgets/plot/plot.h"

namespace lf::app::panels {

/// True if there is such content, and nothing generated yet.
bool growth_shown(const Snapshot& snapshot);

/// "after autoencoder step 120 of 421".
std::string after_growth_step(const Snapshot& snapshot);

/// Description of the reconstructions.
std::string growth_sentence(const Snapshot& snapshot);

/// Why a control of the generated digits has no effect yet.
std::string before_the_flow();

/// Test digits in pairs: the image above, its reconstruction below.
void draw_growth_grid(const PanelContext& c, const Rect& body);

/// Two test digits, and their reconstructions after some of the steps.
void draw_growth_strip(const PanelContext& c, const Rect& body);

/// PSNR of these reconstructions, by step.
void draw_growth_quality(const PanelContext& c, const Rect& body);

}  // namespace lf::app::panels
