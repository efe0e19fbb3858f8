// The pages Flow lab and Latent space: the frame around the selected tool.
#pragma once

#include "panels/panel.h"

namespace lf::app::panels {

/// The flow lab: a list of tools, and the selected one.
void draw_lab_page(const PanelContext& c);
/// The latent space: the same, with other tools.
void draw_latent_page(const PanelContext& c);

/// Tells the worker which tool is open, and closes the lab when its page is left; a `lab` line of a
/// script opens its page. Called in every frame.
void keep_lab_in_step(const PanelContext& c);

}  // namespace lf::app::panels
