// Some digits before and after the autoencoder, with the PSNR.
#include <algorithm>
#include <cmath>

#include "panels/explore/cards.h"
#include "widgets/control/card.h"
#include "widgets/text/text.h"

namespace lf::app::panels {
namespace {

std::string answer_of(const ReconstructionBlock& r, const RunBlock& run) {
  // For the reference system, name the autoencoder in use.
  if (!run.labelled && r.psnr > 0) return fixed(r.psnr, 1) + " dB. Autoencoder: " + run.autoencoder + ".";
  if (r.psnr <= 0) return with_origin(r.origin, "784 pixels, compressed to 64 latent dimensions.");
  const std::string over = r.psnr_count > 0 ? " over " + grouped(r.psnr_count) + " test digits" : "";
  return with_origin(r.origin, fixed(r.psnr, 1) + " dB" + over + ", 784 pixels from 64 latent dimensions.");
}

/// Labels of the three rows, then as many digits as fit.
void draw_rows(const PanelContext& c, const Rect& body) {
  const ReconstructionBlock& r = *c.snapshot.reconstruction;
  const float gap = c.px(6), label = c.px(64);
  const float tall = std::floor((body.h - 2 * gap) / 3), wide = body.w - label;
  const int available = static_cast<int>(r.labels.size());
  const int fits = std::max(1, static_cast<int>((wide + gap) / (tall + gap)));
  const int count = std::min(available, fits);
  const float side = std::min(tall, std::floor((wide + gap) / static_cast<float>(count) - gap));
  const float step =
      count > 1 ? std::min(side * 1.4f + gap, (wide - side) / static_cast<float>(count - 1)) : 0;
  const char* names[] = {"original", "decoded", "difference"};
  const TileLayers layers(c.ui);
  for (int row = 0; row < 3; ++row) {
    const float y = body.y + static_cast<float>(row) * (side + gap);
    const float h = paragraph_height(c.ui, label - gap, Type::Small, names[row]);
    draw_paragraph(c.ui, {body.x, y + 0.5f * (side - h), label - gap, h + 2}, Type::Small, c.theme().text2,
                   names[row]);
    for (int i = 0; i < count; ++i) {
      const Rect tile{std::floor(body.x + label + static_cast<float>(i) * step), y, side, side};
      const size_t index = static_cast<size_t>(i);
      if (row == 0) digit_tile(c.ui, tile, c.cache.originals, index, {});
      if (row == 1) digit_tile(c.ui, tile, c.cache.reconstructions, index, {});
      if (row == 2) difference_tile(c.ui, tile, c.cache.differences, index);
    }
  }
}

void click_chip(const PanelContext& c, const CardChip& chip) {
  const ReconstructionBlock& r = *c.snapshot.reconstruction;
  InspectCommand look;
  look.split = r.split.empty() ? "test" : r.split;
  look.order = r.order.empty() ? "first" : r.order;
  look.digit = r.digit;
  if (chip.info.name == "explore.reconstruction.train")
    look.split = chip.on ? "test" : "train";
  else
    look.order = chip.on ? "first" : "worst";
  c.send(look);
}

}  // namespace

void draw_reconstruction_card(const PanelContext& c) {
  const ReconstructionBlock& r = *c.snapshot.reconstruction;
  const std::string loading =
      c.snapshot.run->phase == Phase::Loading ? "The core is still being loaded." : "";
  CardSpec spec{"card.reconstruction",
                "Reconstructions",
                "PSNR",
                r.labels.empty() ? "" : answer_of(r, *c.snapshot.run),
                {}};
  spec.unit = r.split == "train" ? "training digits" : "test digits";
  spec.chips = {
      {{"explore.reconstruction.train", "training", "Training digits instead of test digits.", "", loading},
       r.split == "train",
       true},
      {{"explore.reconstruction.worst", "worst first", "Digits with the largest reconstruction error first.",
        "", loading},
       r.order == "worst",
       true}};
  const CardBody body = card(c.ui, c.area, spec);
  if (body.clicked >= 0) click_chip(c, spec.chips[static_cast<size_t>(body.clicked)]);
  const ControlInfo info{"grid.reconstruction", "Reconstructions",
                         "Top: original. Middle: reconstruction from its 64 latent dimensions. Bottom: "
                         "difference; blue is missing ink, amber is added ink.",
                         r.psnr > 0 ? fixed(r.psnr, 2) + " dB" : "", ""};
  readout(c.ui, body.body, info);
  if (!r.labels.empty()) return draw_rows(c, body.body);
  empty_state(c.ui, body.body, "No reconstructions yet",
              c.snapshot.run->autoencoder_step > 0
                  ? "The first digits are being encoded and decoded."
                  : "Reconstructions appear here after the autoencoder's first steps.");
}

}  // namespace lf::app::panels
