// What the cards of Explore show before the flow begins: digits through an autoencoder that still learns.
#pragma once

#include <string>

#include "panels/panel.h"
#include "widgets/plot/plot.h"

namespace lf {

/// Is there something of it, and nothing generated yet?
bool growth_shown(const Snapshot& snapshot);

/// "after autoencoder step 120 of 421".
std::string after_growth_step(const Snapshot& snapshot);

/// What the reconstructions are made of.
std::string growth_sentence(const Snapshot& snapshot);

/// Why a control of the generated digits does nothing yet.
std::string before_the_flow();

/// Test digits in pairs: the image above, its reconstruction below.
void draw_growth_grid(const PanelContext& c, const Rect& body);

/// Two test digits, and their reconstructions after some of the steps.
void draw_growth_strip(const PanelContext& c, const Rect& body);

/// How good the reconstructions of these digits are, over the steps.
void draw_growth_quality(const PanelContext& c, const Rect& body);

}  // namespace lf
