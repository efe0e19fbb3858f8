// The page about the autoencoder: its errors limit the quality of every sample.
#pragma once

#include "panels/panel.h"

namespace lf::app::panels {

/// Reconstructions: a grid of original | reconstruction | difference with filter and paging, one of
/// them large with a wipe, and the PSNR of the whole test set.
void draw_reconstructions_page(const PanelContext& c);

}  // namespace lf::app::panels
