// Figure of the loss by t: with its irreducible part, the gap between them, and by class.
#include <algorithm>
#include <string>
#include <utility>

#include "lab/loss_floor/result.h"

namespace lf {
namespace {

LabCurve part_curve(const char* name, int tone, const LabLossFloor& found, LabEstimate LabLossParts::*part) {
  LabCurve curve{name, tone, found.t, {}};
  curve.points = true;
  for (const LabLossParts& parts : found.all) curve.y.push_back(static_cast<float>((parts.*part).mean));
  return curve;
}

}  // namespace

LabFigure LabLossFloor::figure() const {
  LabFigure figure;
  if (all.empty()) return figure;
  figure.answer = "Averaged over training times, the loss is " + fixed_text(mean.loss.mean, 3) + "; " +
                  fixed_text(mean.floor.mean, 3) + " of it (" +
                  fixed_text(100 * mean.floor.mean / std::max(1e-9, mean.loss.mean), 1) +
                  " %) is irreducible. Measured with " + std::to_string(draws) + " pairs at each t from " +
                  std::to_string(latents) + " of " + std::to_string(latents_total) + " training digits.";
  LabBars bars{"squared error per latent dimension",
               {},
               {{"loss", kToneBlue, {}, {}}, {"irreducible", kToneFaint, {}, {}}}};
  for (size_t g = 0; g < kGroups && groups.size() == all.size() * kGroups; ++g) {
    const LabLossParts& parts = group_means[g];
    if (parts.loss.mean <= 0) continue;  // a class that does not occur
    bars.names.push_back(g + 1 < kGroups ? std::to_string(g) : "unconditional");
    for (const auto& [series, part] : {std::pair{0, &parts.loss}, std::pair{1, &parts.floor}}) {
      bars.series[static_cast<size_t>(series)].values.push_back(part->mean);
      bars.series[static_cast<size_t>(series)].errors.push_back(part->error);
    }
  }
  LabPlot both{"t",
               "squared error per latent dimension",
               {part_curve("loss", kToneBlue, *this, &LabLossParts::loss),
                part_curve("irreducible", kToneFaint, *this, &LabLossParts::floor)}};
  LabPlot gap{
      "t", "squared error per latent dimension", {part_curve("", kToneRed, *this, &LabLossParts::gap)}};
  figure.rows = {{{"Loss by time", "classes weighted as in training", both},
                  {"Gap", "between network and exact velocity", gap}}};
  if (!bars.names.empty())
    figure.rows.push_back({{"By class", "mean over training times; whisker: standard error", bars}});
  return figure;
}

}  // namespace lf
