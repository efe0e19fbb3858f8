#include "panels/lab/drawing/image.h"

#include "base/image_sheet.h"
#include "lab/drawing/result.h"
#include "panels/lab/panels.h"

namespace lf::app::panels {
namespace {

constexpr const char* kAnswered = "now.lab.drawing.answered";  ///< the last image version that was used or
                                                               ///< closed

}  // namespace

ImageSheet offered_image(const PanelContext& c) {
  const ReconstructionBlock& shown = *c.snapshot.reconstruction;
  const bool image = shown.split == "picture" && shown.original.holds(1);
  if (!image || c.view.text(kAnswered, "") == std::to_string(shown.version)) return {};
  return shown.original;
}

std::string offered_image_name(const PanelContext& c) { return c.snapshot.reconstruction->origin; }

void answer_offered_image(const PanelContext& c, bool use) {
  const ImageSheet image = offered_image(c);
  if (use && !image.empty()) {
    c.view.set(lab_argument_key("drawing", "image"), image_text(image.image(0)));
    c.view.set(lab_argument_key("drawing", "strokes"), std::string());
  }
  c.view.set(kAnswered, std::to_string(c.snapshot.reconstruction->version));
}

void draw_image_on_board(const PanelContext& c, const Rect& board, const ImageView& image) {
  const int width = image.shape.width;
  const float unit = board.w / static_cast<float>(width);
  for (int i = 0; i < image.shape.pixels(); ++i) {
    if (image.pixels[i] == 0) continue;
    const ImVec2 low{board.x + unit * static_cast<float>(i % width),
                     board.y + unit * static_cast<float>(i / width)};
    draw()->AddRectFilled(low, {low.x + unit, low.y + unit},
                          fade(c.theme().text, static_cast<float>(image.pixels[i]) / 255));
  }
}

}  // namespace lf::app::panels
