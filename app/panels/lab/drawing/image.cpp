#include "panels/lab/drawing/image.h"

#include "lab/drawing/result.h"
#include "panels/lab/panels.h"

namespace lf {
namespace {

constexpr const char* kAnswered = "now.lab.drawing.answered";  ///< the version of the image that was

}  // namespace

std::vector<uint8_t> offered_image(const PanelContext& c) {
  const ReconstructionBlock& shown = *c.snapshot.reconstruction;
  const bool image = shown.split == "picture" && shown.original.size() == 784;
  if (!image || c.view.text(kAnswered, "") == std::to_string(shown.version)) return {};
  return shown.original;
}

std::string offered_image_name(const PanelContext& c) { return c.snapshot.reconstruction->origin; }

void answer_offered_image(const PanelContext& c, bool use) {
  if (use) {
    c.view.set(lab_argument_key("drawing", "image"), image_text(offered_image(c)));
    c.view.set(lab_argument_key("drawing", "strokes"), std::string());
  }
  c.view.set(kAnswered, std::to_string(c.snapshot.reconstruction->version));
}

void draw_image_on_board(const PanelContext& c, const Rect& board, const std::vector<uint8_t>& pixels) {
  const float unit = board.w / 28;
  for (size_t i = 0; i < pixels.size(); ++i) {
    if (pixels[i] == 0) continue;
    const ImVec2 low{board.x + unit * static_cast<float>(i % 28),
                     board.y + unit * static_cast<float>(i / 28)};
    draw()->AddRectFilled(low, {low.x + unit, low.y + unit},
                          fade(c.theme().text, static_cast<float>(pixels[i]) / 255));
  }
}

}  // namespace lf
