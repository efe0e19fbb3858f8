#include "panels/growth_parts.h"

#include <algorithm>
#include <cmath>

#include "widgets/image/film_strip.h"
#include "widgets/text/text.h"

namespace lf::app::panels {
namespace {

/// Pairs of squares that fill an area: number of columns, and the side of a square.
struct PairLayout {
  int columns = 1;
  float side = 0;
};

PairLayout lay_out_pairs(const Rect& area, int count, float gap, float inner) {
  PairLayout best;
  for (int columns = 1; columns <= count; ++columns) {
    const float rows = std::ceil(static_cast<float>(count) / static_cast<float>(columns));
    const float wide = (area.w + gap) / static_cast<float>(columns) - gap;
    const float tall = 0.5f * ((area.h + gap) / rows - gap - inner);
    const float side = std::floor(std::min(wide, tall));
    if (side > best.side) best = {columns, side};
  }
  return best;
}

/// The preview on screen: the last one.
size_t last_look(const GrowthBlock& growth) { return growth.step.size() - 1; }

/// Index in the atlas of a digit's reconstruction; the digits themselves come first.
size_t picture_of(const GrowthBlock& growth, size_t look, size_t digit) {
  return (look + 1) * static_cast<size_t>(growth.digits) + digit;
}

FilmStripSpec::Row strip_row(const PanelContext& c, size_t digit) {
  const GrowthBlock& growth = *c.snapshot.growth;
  FilmStripSpec::Row row{digit_with_article(growth.labels[digit]), &c.cache.growth, {digit}, {}};
  for (size_t look = 0; look < growth.step.size(); ++look)
    row.pictures.push_back(picture_of(growth, look, digit));
  return row;
}

}  // namespace

bool growth_shown(const Snapshot& snapshot) {
  return snapshot.flow->t.empty() && snapshot.growth->digits > 0 && !snapshot.growth->step.empty();
}

std::string after_growth_step(const Snapshot& snapshot) {
  const GrowthBlock& growth = *snapshot.growth;
  const int64_t step = growth.step[last_look(growth)], total = snapshot.run->encoder_total;
  return "after autoencoder step " + grouped(step) + (total >= step ? " of " + grouped(total) : "");
}

std::string growth_sentence(const Snapshot& snapshot) {
  if (snapshot.growth->step.back() == 0) return "The decoder is untrained: every pixel is grey.";
  return "Reconstructions of test digits " + after_growth_step(snapshot) + ".";
}

std::string before_the_flow() { return "The flow has not generated digits yet."; }

void draw_growth_grid(const PanelContext& c, const Rect& body) {
  const GrowthBlock& growth = *c.snapshot.growth;
  readout(c.ui, body,
          {"grid.flow", "Test digits and their reconstructions",
           "Top: test digits. Bottom: the decoder's output for their latents, with the current weights.",
           "reconstructions " + after_growth_step(c.snapshot), ""});
  const float label = c.px(74), gap = c.px(6), inner = c.px(2);
  Rect room = body;
  const Rect names = room.take_left(label);
  const int count = static_cast<int>(growth.digits);
  PairLayout pairs = lay_out_pairs(room, count, gap, inner);
  pairs.side = std::min(pairs.side, c.px(96));
  const size_t look = last_look(growth);
  const TileLayers layers(c.ui);
  for (int i = 0; i < count; ++i) {
    const auto digit = static_cast<size_t>(i);
    const Rect above{room.x + static_cast<float>(i % pairs.columns) * (pairs.side + gap),
                     room.y + static_cast<float>(i / pairs.columns) * (2 * pairs.side + inner + gap),
                     pairs.side, pairs.side};
    const Rect below{above.x, above.bottom() + inner, pairs.side, pairs.side};
    digit_tile(c.ui, above, c.cache.growth, digit, {});
    digit_tile(c.ui, below, c.cache.growth, picture_of(growth, look, digit), {growth.labels[digit]});
    if (i % pairs.columns != 0) continue;
    draw_text(c.ui, {names.x, above.y, label, above.h}, Type::Small, c.theme().text2, "test digit");
    draw_text(c.ui, {names.x, below.y, label, below.h}, Type::Small, c.theme().autoencoder, "reconstructed");
  }
}

void draw_growth_strip(const PanelContext& c, const Rect& body) {
  const GrowthBlock& growth = *c.snapshot.growth;
  const auto n = static_cast<size_t>(growth.digits);
  const size_t first = std::min(n - 1, static_cast<size_t>(std::max(0, c.view.selected)));
  FilmStripSpec strip;
  strip.info = {"strip.flow", "Reconstructions by step",
                "Left: two test digits. Right: their reconstructions after some steps of the autoencoder.",
                "reconstructions " + after_growth_step(c.snapshot), ""};
  strip.captions = {"input"};
  for (const int64_t step : growth.step) strip.captions.push_back(grouped(step));
  strip.t.assign(strip.captions.size(), 0);
  strip.current = static_cast<int>(strip.t.size()) - 1;
  strip.rows = {strip_row(c, first), strip_row(c, (first + n / 2) % n)};
  film_strip(c.ui, body, strip);
}

void draw_growth_quality(const PanelContext& c, const Rect& body) {
  PlotSpec spec;
  spec.info = {"plot.loss", "Reconstruction quality",
               "Peak signal-to-noise ratio of the digits on the right, in dB; higher is better.", "", ""};
  spec.x_unit = "autoencoder step";
  PlotCurve curve;
  curve.label = "PSNR";
  curve.colour = c.theme().autoencoder;
  curve.x = c.cache.growth_steps.data();
  curve.y = c.cache.growth_psnr.data();
  curve.count = c.cache.growth_steps.size();
  spec.curves = {curve};
  plot(c.ui, body, c.cache.plots["plot.growth"], spec);
}

}  // namespace lf::app::panels
