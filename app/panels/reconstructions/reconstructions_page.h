#pragma once

#include "panels/panel.h"

namespace lf {

/// Digits through the bottleneck: a grid of original | reconstruction | difference with filter and paging,
/// one of them large with a wipe, and the PSNR of the whole test set.
void draw_reconstructions_page(const PanelContext& c);

}  // namespace lf
