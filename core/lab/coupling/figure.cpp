// Figure of the coupling lab: pairs, their cost and class bias; or trajectories and few steps.
#include <algorithm>
#include <string>

#include "base/classes.h"
#include "lab/coupling/result.h"

namespace lf {
namespace {

constexpr size_t kDrawnPairs = 96;

std::string law_name(const std::string& law) {
  if (law == "independent") return "Independent coupling";
  return law == "transport" ? "Optimal transport" : "Optimal transport within classes";
}

/// Lines from noise to latents in the colour of the class.
LabCloud pairing_cloud(const LabCoupling& found, const LabPairing& pairing) {
  LabCloud cloud{"first class axis", "second class axis", {}, {}};
  for (size_t i = 0; i < std::min(kDrawnPairs, pairing.noise_row.size()); ++i) {
    const auto row = static_cast<size_t>(pairing.noise_row[i]);
    const std::vector<float> from{found.noise[2 * row], found.noise[2 * row + 1]},
        to{found.latents[2 * i], found.latents[2 * i + 1]};
    cloud.paths.push_back({found.labels[i], {from[0], from[1], to[0], to[1]}});
    cloud.points.insert(cloud.points.end(), from.begin(), from.end());
    cloud.labels.push_back(kNoClass);
    cloud.points.insert(cloud.points.end(), to.begin(), to.end());
    cloud.labels.push_back(found.labels[i]);
  }
  return cloud;
}

LabCloud flow_cloud(const LabCoupling& found, const LabFlowWays& ways) {
  LabCloud cloud{"first class axis", "second class axis", {}, {}};
  const auto states = static_cast<size_t>(found.fine_states);
  for (size_t i = 0; i < static_cast<size_t>(found.digits) && 2 * (i + 1) * states <= ways.points.size();
       ++i) {
    const auto first = ways.points.begin() + static_cast<std::ptrdiff_t>(2 * i * states);
    const uint8_t label = i < found.digit_labels.size() ? found.digit_labels[i] : kNoClass;
    cloud.paths.push_back({label < kClasses ? label : static_cast<int>(kToneBlue),
                           {first, first + static_cast<std::ptrdiff_t>(2 * states)},
                           true});
  }
  return cloud;
}

LabCurve error_curve(const char* name, int tone, const LabFlowWays& ways) {
  LabCurve curve{name, tone, {}, {}};
  curve.points = true;
  for (const LabFewSteps& few : ways.few) {
    curve.x.push_back(static_cast<float>(few.steps));
    curve.y.push_back(static_cast<float>(100 * few.pixel_error));
  }
  return curve;
}

LabImages step_rows(const LabCoupling& found, const LabFlowWays& ways) {
  LabImages images;
  images.columns = static_cast<int>(found.shown);
  images.sheet = ways.pictures;
  for (const LabFewSteps& few : ways.few)
    images.row_names.push_back("Euler, " + std::to_string(few.steps) + (few.steps == 1 ? " step" : " steps"));
  images.row_names.push_back(found.reference);
  return images;
}

/// The couplings of the same batches.
void add_pairings(LabFigure& figure, const LabCoupling& found) {
  std::vector<LabPanel> clouds;
  LabBars cost{"mean squared distance of a pair, 64 latent dimensions", {}, {{"", kToneBlue, {}, {}}}},
      skew{"standard deviations under independent coupling", {}, {{"", kToneRed, {}}}};
  for (const LabPairing& p : found.pairings) {
    const std::string pairs = std::to_string(std::min(kDrawnPairs, p.noise_row.size())) + " pairs";
    clouds.push_back({law_name(p.law), pairs, pairing_cloud(found, p)});
    cost.names.push_back(law_name(p.law)), skew.names.push_back(law_name(p.law));
    cost.series[0].values.push_back(p.cost), cost.series[0].errors.push_back(p.cost_spread);
    skew.series[0].values.push_back(p.skew);
    if (p.law == "independent") continue;
    figure.answer += law_name(p.law) + " shortens squared distances by " +
                     fixed_text(100 * (1 - p.cost / found.pairings[0].cost), 0) +
                     " %; the class bias of the noise is " + fixed_text(p.skew, 1) + " standard deviations. ";
  }
  figure.answer += "Batches of " + std::to_string(found.batch) + ". ";
  figure.rows.push_back(clouds);
  figure.rows.push_back({{"Distance", "whisker: standard deviation over batches", cost},
                         {"Class bias of the noise", "0: noise is independent of the class", skew}});
}

/// The trajectories of the flow, and what few steps make of it.
void add_flow(LabFigure& figure, const LabCoupling& found) {
  const LabFlowWays& now = found.now;
  figure.answer += "With one Euler step, images differ by " + fixed_text(100 * now.few[0].pixel_error, 1) +
                   " % per pixel from the fine solution. Trajectories are " +
                   fixed_text(100 * now.detour, 1) + " % longer than straight lines. ";
  const bool compares = !found.before.few.empty();
  LabPlot plot{
      "Euler steps", "error, % per pixel", {error_curve(compares ? "now" : "", kToneBlue, now)}, true};
  if (compares) plot.curves.push_back(error_curve("before the reflow", kToneFaint, found.before));
  figure.rows.push_back({{"Trajectories", "of this flow", flow_cloud(found, now)},
                         {"Error by steps", "against " + found.reference, plot}});
  if (!now.pictures.empty()) figure.rows.push_back({{"Few steps", "the same noise", step_rows(found, now)}});
}

}  // namespace

LabFigure LabCoupling::figure() const {
  LabFigure figure;
  if (!pairings.empty()) add_pairings(figure, *this);
  if (!now.few.empty()) add_flow(figure, *this);
  if (!figure.rows.empty())
    figure.answer += "This model was trained with the coupling '" + trained_with + "'.";
  return figure;
}

}  // namespace lf
