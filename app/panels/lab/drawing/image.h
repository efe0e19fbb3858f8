// An image of a digit that was opened while the drawing tool is shown: first to be looked at, then used.
#pragma once

#include <string>
#include <vector>

#include "panels/panel.h"

namespace lf {

/// The 784 greys of the image that was opened last and neither used nor left yet; empty where there is none.
std::vector<uint8_t> offered_image(const PanelContext& c);
/// Its file's name.
std::string offered_image_name(const PanelContext& c);
/// Uses it in place of what is drawn, or leaves it.
void answer_offered_image(const PanelContext& c, bool use);

/// 28×28 greys over the whole board, as the network sees them.
void draw_image_on_board(const PanelContext& c, const Rect& board, const std::vector<uint8_t>& pixels);

}  // namespace lf
