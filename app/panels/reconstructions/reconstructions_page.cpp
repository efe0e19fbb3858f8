#include "panels/reconstructions/reconstructions_page.h"

#include <algorithm>
#include <string>

#include "panels/page_scroll.h"
#include "panels/reconstructions/grid.h"
#include "panels/reconstructions/reconstructions_text.h"
#include "panels/reconstructions/zoom.h"
#include "panels/sentence.h"
#include "widgets/control/card.h"

namespace lf::app::panels {
namespace {

/// Other cards request a few digits only: request a whole page, once after each such result.
void ask_for_page(const PanelContext& c) {
  const ReconstructionBlock& block = *c.snapshot.reconstruction;
  const int64_t shown = static_cast<int64_t>(block.labels.size());
  const bool short_page = shown < std::min(kDigitsPerPage, block.available - block.offset);
  const std::string key = !short_page ? ""
                                      : block.split + "/" + block.order + "/" + std::to_string(block.digit) +
                                            "/" + std::to_string(block.offset) + "/" + std::to_string(shown);
  if (short_page && c.view.text("now.reconstructions.asked", "") != key) c.send(inspect_again(block));
  if (c.view.text("now.reconstructions.asked", "") != key) c.view.set("now.reconstructions.asked", key);
}

int draw_grid_card(const PanelContext& c) {
  const ReconstructionBlock& block = *c.snapshot.reconstruction;
  const std::string unit =
      "original · reconstruction · difference" + (block.origin.empty() ? "" : " · " + block.origin);
  const CardBody parts = card(c.ui, c.area, {"grid.reconstruction", "Reconstructions", unit, "", {}});
  Rect body = parts.body;
  body.take_top(draw_reconstruction_controls(c.within(body)), c.px(10));
  if (block.labels.empty()) {
    empty_state(
        c.ui, body, "No reconstructions yet",
        "Digits and their reconstructions appear here once data and an autoencoder are available. Press "
        "Train (Space), or open a model (Ctrl+O).");
    return -1;
  }
  return draw_reconstruction_grid(c.within(body));
}

}  // namespace

void draw_reconstructions_page(const PanelContext& c) {
  ask_for_page(c);
  const bool two = wide(c, 720);
  page_scroll(c, "reconstructions.scroll", two ? 440 : 880, [&](const PanelContext& page) {
    const float gap = c.px(12);
    Rect area = page.area;
    Rect side =
        two ? area.take_right(std::min(c.px(360), 0.36f * area.w), gap) : area.take_bottom(c.px(500), gap);
    const Rect overall = side.take_bottom(c.px(180), gap);
    const int hovered = draw_grid_card(page.within(area));
    draw_reconstruction_zoom(page.within(side), hovered >= 0 ? hovered : selected_reconstruction(page));
    draw_psnr_card(page.within(overall));
  });
}

}  // namespace lf::app::panels
