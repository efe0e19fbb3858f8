// The cards of the Explore page; each fills `area`.
#pragma once

#include "panels/panel.h"

namespace lf::app::panels {

void draw_flow_loss_card(const PanelContext& c);
void draw_autoencoder_loss_card(const PanelContext& c);
void draw_reconstruction_card(const PanelContext& c);
void draw_flow_grid_card(const PanelContext& c);
void draw_latent_map_card(const PanelContext& c);
void draw_film_strip_card(const PanelContext& c);
/// Height that the film strip needs at this width to show every state, in real pixels.
float film_strip_height(const PanelContext& c, float width);

/// "From the bundled run. " before a sentence, if the block comes from that run.
std::string with_origin(const std::string& origin, const std::string& sentence);

}  // namespace lf::app::panels
