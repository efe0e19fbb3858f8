// The cards beside the grid of the Reconstructions page.
#pragma once

#include "panels/panel.h"

namespace lf::app::panels {

/// One digit large: the wipe between original and reconstruction, the signed difference, its numbers.
void draw_reconstruction_zoom(const PanelContext& c, int shown);

/// PSNR of the whole set on a ruler.
void draw_psnr_card(const PanelContext& c);

}  // namespace lf::app::panels
