// The blocks of the network along t: their output relative to the residual stream, and their
// modulation.
#include <algorithm>

#include "panels/lab/network/parts.h"
#include "widgets/plot/plot.h"
#include "widgets/text/text.h"

namespace lf::app::panels {
namespace {

constexpr const char* kPartKey = "lab.network.part";
constexpr const char* kParts[] = {"shift", "scale", "gate"};

Color block_colour(const PanelContext& c, size_t block) {
  constexpr size_t kPlaces[] = {0, 1, 2, 3, 6, 8, 9};  // the most distinct class colours
  return c.theme().digits[kPlaces[block % std::size(kPlaces)]];
}

/// One curve for each block and branch along t.
struct BlockCurves {
  std::vector<std::vector<float>> values;  ///< (2 · blocks) of S: attention, MLP of each block
};

BlockCurves curves_of(const LabNetwork& n, const std::vector<float>& series, size_t per_block,
                      size_t attention, size_t mlp, float factor, const NetworkPlace& place) {
  const auto blocks = static_cast<size_t>(n.blocks);
  BlockCurves curves{std::vector<std::vector<float>>(2 * blocks)};
  for (size_t s = 0; s < n.t.size(); ++s) {
    const std::vector<float> now = network_numbers(n, series, per_block, place, s);
    for (size_t b = 0; b < blocks; ++b) {
      curves.values[2 * b].push_back(factor * now[b * per_block + attention]);
      curves.values[2 * b + 1].push_back(factor * now[b * per_block + mlp]);
    }
  }
  return curves;
}

/// The values fill the axis, whatever their size; it starts at 0 if they come near it.
void scale_axis(PlotSpec& spec, double least, double most) {
  if (spec.log_y) {
    spec.y_low = 0.8 * std::max(least, 1e-4 * most), spec.y_high = 1.25 * most;
    return;
  }
  const double room = 0.08 * std::max(most - least, 0.02 * most);
  spec.y_low = least > 0.5 * most ? least - room : 0, spec.y_high = most + room;
}

void draw_curves(const PanelContext& c, const Rect& area, const LabNetwork& n, const BlockCurves& curves,
                 PlotSpec spec) {
  spec.x_unit = "t";
  spec.x_low = 0, spec.x_high = 1;
  float most = 1e-9f, least = 1e9f;  ///< relative to the stream: early in training all of it is small
  for (size_t i = 0; i < curves.values.size(); ++i) {
    const std::vector<float>& y = curves.values[i];
    most = std::max(most, *std::max_element(y.begin(), y.end()));
    for (const float value : y) least = value > 0 ? std::min(least, value) : least;
    PlotCurve curve{"block " + std::to_string(i / 2 + 1),
                    block_colour(c, i / 2),
                    n.t.data(),
                    y.data(),
                    n.t.size(),
                    0,
                    1.8f};
    curve.dashed = i % 2 == 1;
    curve.in_legend = i % 2 == 0 && n.blocks <= 6;
    if (curve.dashed) curve.label += ", MLP", curve.in_readout = n.blocks <= 6;
    spec.curves.push_back(curve);
  }
  scale_axis(spec, std::min(least, most), most);
  spec.marks = {{"", fade(c.theme().accent, 0.9f), c.view.t, 2}};
  PlotState& state = c.cache.plots[spec.info.name];
  plot(c.ui, area, state, spec);
  click_moves_t(c, state);
}

}  // namespace

void draw_network_shares(const PanelContext& c, const LabNetwork& n, const NetworkPlace& place) {
  const CardBody parts = card(c.ui, c.area,
                              {"lab.network.stream",
                               "Contribution of each block",
                               "% of the residual stream; strong attention, faint MLP",
                               "",
                               {}});
  PlotSpec spec;
  spec.info = {
      "lab.network.shares", "Contribution of each block",
      "Output of attention (strong) and MLP (faint) of each block relative to the residual stream before "
      "it, in % (RMS). A click moves t.",
      "", ""};
  spec.y_unit = "%", spec.log_y = true;
  draw_curves(c, parts.body, n, curves_of(n, n.share, 2, 0, 1, 100, place), spec);
}

void draw_network_modulation(const PanelContext& c, const LabNetwork& n, const NetworkPlace& place) {
  const std::string part = c.view.text(kPartKey, "gate");
  const char* const meanings[] = {
      "Shift: added to the normalised residual stream before the branch.",
      "Scale: multiplies the normalised residual stream before the branch by 1 + scale.",
      "Gate: multiplies the branch's output before it is added; 0 removes it."};
  CardSpec spec{"lab.network.adaln", "Modulation by time", "strong attention, faint MLP", "", {}};
  size_t chosen = 2;
  for (size_t i = 0; i < 3; ++i) {
    if (part == kParts[i]) chosen = i;
    spec.chips.push_back({{std::string("lab.network.part.") + kParts[i], kParts[i], meanings[i], "", ""},
                          part == kParts[i],
                          true});
  }
  const CardBody parts = card(c.ui, c.area, spec);
  if (parts.clicked >= 0) c.view.set(kPartKey, std::string(kParts[parts.clicked]));
  PlotSpec curves;
  curves.info = {"lab.network.modulation", "Modulation by time",
                 std::string("RMS over the width of the ") + kParts[chosen] +
                     " that each block computes from time and label (adaLN). A click moves t.",
                 kParts[chosen], ""};
  curves.y_unit = "RMS";
  draw_curves(c, parts.body, n, curves_of(n, n.modulation, 6, chosen, 3 + chosen, 1, place), curves);
}

}  // namespace lf::app::panels
