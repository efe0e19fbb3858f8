#include "panels/reconstructions/zoom.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "base/classes.h"
#include "panels/reconstructions/reconstructions_text.h"
#include "panels/sentence.h"
#include "widgets/control/card.h"
#include "widgets/control/facts.h"
#include "widgets/image/difference_legend.h"
#include "widgets/image/wipe.h"
#include "widgets/plot/marker_scale.h"
#include "widgets/text/text.h"

namespace lf::app::panels {
namespace {

/// Two squares beside or above each other, whichever is larger, in the middle of `area`.
void place_pair(const Rect& area, float gap, Rect& first, Rect& second) {
  const float beside = std::min(0.5f * (area.w - gap), area.h),
              above = std::min(area.w, 0.5f * (area.h - gap));
  const bool stacked = above > beside;
  const float side = std::floor(std::max(0.0f, std::max(beside, above)));
  const float w = stacked ? side : 2 * side + gap, h = stacked ? 2 * side + gap : side;
  first = {std::floor(area.x + 0.5f * (area.w - w)), std::floor(area.y + 0.5f * (area.h - h)), side, side};
  second = first;
  (stacked ? second.y : second.x) += side + gap;
}

void draw_wipe(const PanelContext& c, const Rect& rect, size_t index) {
  float share = std::strtof(c.view.text("reconstructions.wipe", "0.5").c_str(), nullptr);
  WipeSpec spec;
  spec.info = {"reconstructions.wipe", "Wipe",
               "Drag the divider: original on its left, reconstruction on its right.", fixed(share, 2), ""};
  spec.left = &c.cache.originals;
  spec.right = &c.cache.reconstructions;
  spec.index = index;
  spec.left_word = "original";
  spec.right_word = "reconstruction";
  if (wipe(c.ui, rect, spec, share)) c.view.set("reconstructions.wipe", fixed(share, 4));
}

void draw_figures(const PanelContext& c, const Rect& area, size_t i) {
  const ReconstructionBlock& block = *c.snapshot.reconstruction;
  const bool measured = i < block.mse.size();
  const std::string index = i < block.index.size() ? grouped(block.index[i]) : "—";
  facts(c.ui, area,
        {{{"reconstructions.zoom.digit", "Digit", "Its class.", std::to_string(block.labels[i]), ""},
          c.theme().digits[block.labels[i] % kClasses]},
         {{"reconstructions.zoom.index", "Index", "Its position in the file.", index, ""}, 0},
         {{"reconstructions.zoom.mse", "MSE",
           "Mean squared difference of the 784 pixels, each between 0 and 1.",
           measured ? short_number(block.mse[i]) : "—", ""},
          0},
         {{"reconstructions.zoom.psnr", "PSNR", "The same in decibels: 10 dB more is a tenth of the error.",
           measured ? fixed(psnr_of(block.mse[i]), 1) + " dB" : "—", ""},
          0}},
        60);
}

}  // namespace

void draw_reconstruction_zoom(const PanelContext& c, int shown) {
  const CardBody parts =
      card(c.ui, c.area, {"reconstructions.zoom", "Selected digit", "drag the divider", "", {}});
  const ReconstructionBlock& block = *c.snapshot.reconstruction;
  if (shown < 0 || static_cast<size_t>(shown) >= block.labels.size()) {
    empty_state(c.ui, parts.body, "No digit selected",
                "The digit under the mouse, or the one clicked last, appears here.");
    return;
  }
  Rect body = parts.body;
  const size_t index = static_cast<size_t>(shown);
  draw_figures(c, body.take_bottom(c.px(40), c.px(8)), index);
  difference_legend(c.ui, body.take_bottom(c.px(18), c.px(8)), "reconstructions.legend", "ink lost",
                    "ink added");
  Rect first, second;
  place_pair(body, c.px(8), first, second);
  draw_wipe(c, first, index);
  difference_tile(c.ui, second, c.cache.differences, index);
  readout(c.ui, second,
          {"reconstructions.difference", "Difference",
           "Reconstruction minus original: blue where ink is missing, amber where it was added.", "", ""});
}

void draw_psnr_card(const PanelContext& c) {
  const ReconstructionBlock& block = *c.snapshot.reconstruction;
  const CardBody parts =
      card(c.ui, c.area, {"reconstructions.psnr", "Reconstruction quality", "PSNR, dB", "", {}});
  Rect body = parts.body;
  sentence(c, body, psnr_sentence(block, c.snapshot.run->dataset));
  MarkerScaleSpec spec;
  spec.info = {"reconstructions.psnr.scale", "PSNR of the test set",
               "−10 log10 of the mean squared pixel error over the test digits.",
               block.psnr_count > 0 ? fixed(block.psnr, 2) + " dB" : "—", ""};
  spec.low = 12;
  spec.high = 32;
  spec.ticks = {12, 16, 20, 24, 28, 32};
  spec.unit = "dB";
  const Theme& t = c.theme();
  if (block.psnr_count > 0) {
    spec.markers.push_back({"this model " + fixed(block.psnr, 1) + " dB", block.psnr, t.autoencoder, true});
  }
  if (c.snapshot.run->dataset == "MNIST") {
    spec.markers.push_back({"64 principal components 21.1 dB", kPca64Psnr, t.text2, false});
  }
  marker_scale(c.ui, body, spec);
}

}  // namespace lf::app::panels
