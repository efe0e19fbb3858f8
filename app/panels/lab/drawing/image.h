// An image of a digit that was opened in the drawing tool: first previewed, then used.
#pragma once

#include <string>

#include "base/image_sheet.h"
#include "panels/panel.h"

namespace lf::app::panels {

/// The last opened image that is neither used nor closed; empty if there is none.
ImageSheet offered_image(const PanelContext& c);
/// The name of its file.
std::string offered_image_name(const PanelContext& c);
/// Uses it instead of the drawing, or closes it.
void answer_offered_image(const PanelContext& c, bool use);

/// Over the whole board, pixel by pixel as the network gets them.
void draw_image_on_board(const PanelContext& c, const Rect& board, const ImageView& image);

}  // namespace lf::app::panels
