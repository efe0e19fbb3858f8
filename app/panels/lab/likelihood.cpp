// Likelihood: bits by class, the extremes, and the error of the estimate.
#include <algorithm>
#include <cmath>

#include "base/classes.h"
#include "lab/likelihood/result.h"
#include "panels/lab/panels.h"
#include "widgets/control/facts.h"
#include "widgets/image/grid.h"
#include "widgets/plot/class_bars.h"
#include "widgets/plot/plot.h"
#include "widgets/text/text.h"

namespace lf::app::panels {
namespace {

constexpr size_t kPoints = 96;

std::string answer(const LabLikelihood& found) {
  size_t low = 0, high = 0;
  for (size_t k = 1; k < kClasses; ++k) {
    if (found.mean[k] < found.mean[low] || std::isnan(found.mean[low])) low = k;
    if (found.mean[k] > found.mean[high] || std::isnan(found.mean[high])) high = k;
  }
  return grouped(static_cast<int64_t>(found.bits.size())) + " test digits have " + fixed(found.overall, 3) +
         " ± " + fixed(found.overall_error, 3) + " bits per dimension. The likeliest are the " +
         std::to_string(low) + "s (" + fixed(found.mean[low], 2) + "), the least likely the " +
         std::to_string(high) + "s (" + fixed(found.mean[high], 2) + ").";
}

/// Chips for the number of digits and for conditioning on the class; a click changes the view.
std::vector<CardChip> all_chips(const PanelContext& c) {
  const std::string digits = c.view.text(lab_argument_key("likelihood", "digits"), "400");
  const std::string none = c.snapshot.run->labelled ? "" : "This network is unconditional.";
  std::vector<CardChip> chips{
      {{"lab.likelihood.labels", "class label", "On: log p(z given class). Off: log p(z).", "", none},
       c.view.on(lab_argument_key("likelihood", "labels"), true) && none.empty(),
       true}};
  for (const char* count : {"400", "2000", "10000"}) {
    chips.push_back(
        {{std::string("lab.likelihood.digits.") + count, grouped(std::stoi(count)),
          "The first " + grouped(std::stoi(count)) + " test digits; computed ones are kept.", "", ""},
         digits == count,
         true});
  }
  return chips;
}

void take_click(const PanelContext& c, int clicked) {
  const std::string labels = lab_argument_key("likelihood", "labels");
  if (clicked == 0 && c.snapshot.run->labelled) c.view.flip(labels, true);
  const char* counts[] = {"400", "2000", "10000"};
  if (clicked >= 1 && clicked <= 3)
    c.view.set(lab_argument_key("likelihood", "digits"), std::string(counts[clicked - 1]));
}

/// A class's digits as a smooth curve: a sum of Gaussians of this width.
std::vector<float> density(const LabLikelihood& found, size_t digit, const std::vector<float>& at,
                           float width) {
  std::vector<float> values(at.size(), 0);
  float n = 0;
  for (size_t i = 0; i < found.bits.size(); ++i) {
    if (found.labels[i] != digit) continue;
    ++n;
    for (size_t p = 0; p < at.size(); ++p) {
      const float z = (at[p] - found.bits[i]) / width;
      values[p] += std::exp(-0.5f * z * z);
    }
  }
  const float scale = 100 * 0.1f / (std::max(1.0f, n) * width * 2.5066283f);  // % within 0.1 bit
  for (float& value : values) value *= scale;
  return values;
}

void draw_classes(const PanelContext& c, const Rect& area, const LabLikelihood& found) {
  const auto [low, high] = std::minmax_element(found.bits.begin(), found.bits.end());
  const float room = 0.05f * std::max(0.1f, *high - *low);
  std::vector<float> at;
  for (size_t p = 0; p < kPoints; ++p) {
    at.push_back(*low - room +
                 (*high - *low + 2 * room) * static_cast<float>(p) / static_cast<float>(kPoints - 1));
  }
  const float width = std::max(0.02f, 0.04f * (*high - *low));
  std::vector<std::vector<float>> curves;
  for (size_t k = 0; k < kClasses; ++k) curves.push_back(density(found, k, at, width));
  PlotSpec spec;
  spec.info = {"lab.likelihood.classes", "Bits by class",
               "Bits per dimension of each class's digits; height is the smoothed share of the class within "
               "0.1 bit. One bit less doubles the density in every dimension; negative bits mean a density "
               "above 1. Click a class in the legend to hide it.",
               std::to_string(found.bits.size()), ""};
  spec.x_unit = "bits per dimension", spec.y_unit = "%";
  spec.y_title = "% of a class within 0.1 bit";
  float top = 0;
  for (size_t k = 0; k < kClasses; ++k) {
    top = std::max(top, *std::max_element(curves[k].begin(), curves[k].end()));
    spec.curves.push_back(
        {std::to_string(k), c.theme().digits[k], at.data(), curves[k].data(), kPoints, 0, 2});
  }
  spec.x_low = at.front(), spec.x_high = at.back(), spec.y_low = 0, spec.y_high = 1.08 * std::max(1.0f, top);
  spec.marks = {{"mean", fade(c.theme().text, 0.7f), found.overall, 1.2f}};
  plot(c.ui, area, c.cache.plots["lab.likelihood.classes"], spec);
}

void draw_means(const PanelContext& c, const LabLikelihood& found) {
  const CardBody parts =
      card(c.ui, c.area,
           {"lab.likelihood.means", "Mean by class", "bits per dimension, lower is likelier", "", {}});
  ClassBarsSpec bars;
  std::string each;
  double low = 1e9, high = -1e9;
  for (size_t k = 0; k < kClasses; ++k) {
    bars.values.push_back(found.mean[k]);
    bars.colours.push_back(c.theme().digits[k]);
    bars.labels.push_back(std::to_string(k));
    bars.figures.push_back(std::isnan(found.mean[k]) ? "" : fixed(found.mean[k], 2));
    if (std::isnan(found.mean[k])) continue;
    low = std::min(low, found.mean[k]), high = std::max(high, found.mean[k]);
    each += " " + std::to_string(k) + ": ±" + fixed(found.mean_error[k], 3) + " (standard deviation " +
            fixed(found.spread[k], 2) + ").";
  }
  bars.info = {"lab.likelihood.bars", "Class means",
               "Mean bits per dimension of each class; the axis does not start at 0. Negative bits mean a "
               "density above 1. Standard error of the mean, and standard deviation of digits:" +
                   each,
               fixed(found.overall, 3), ""};
  bars.low = low - 0.25 * std::max(0.05, high - low), bars.high = high + 0.05 * std::max(0.05, high - low);
  class_bars(c.ui, parts.body, bars);
}

void draw_extremes(const PanelContext& c, const LabLikelihood& found, bool most) {
  const std::vector<int64_t>& list = most ? found.most : found.least;
  const CardBody parts = card(c.ui, c.area,
                              {most ? "lab.likelihood.likely" : "lab.likelihood.unlikely",
                               most ? "Most likely" : "Least likely",
                               "test digits; below: bits per dimension",
                               "",
                               {}});
  ImageGridSpec grid;
  grid.info = {most ? "lab.likelihood.most" : "lab.likelihood.least",
               most ? "Most likely digits" : "Least likely digits",
               most ? "Digits of highest likelihood, the likeliest first, underlined in the colour of "
                      "their class."
                    : "Digits of lowest likelihood, the least likely first, underlined in the colour of "
                      "their class.",
               std::to_string(list.size()), ""};
  grid.atlas = &c.cache.lab_typical;
  grid.first = most ? 0 : found.most.size();
  // As many rows of eight as stay readable.
  const int fitting = std::max(1, static_cast<int>(parts.body.h / c.px(58)));
  grid.count = std::min(static_cast<int>(list.size()), 8 * fitting);
  std::vector<uint8_t> labels;
  for (int rank = 0; rank < grid.count; ++rank) {
    const auto i = static_cast<size_t>(list[static_cast<size_t>(rank)]);
    labels.push_back(found.labels[i]);
    grid.captions.push_back(fixed(found.bits[i], 2));
  }
  grid.labels = labels.data();
  image_grid(c.ui, parts.body, grid);
}

/// "0.012", or a dash if it was not measured.
std::string figure(double value, int decimals) { return std::isnan(value) ? "—" : fixed(value, decimals); }

/// "4", or "4 of 16" while more are requested.
std::string probes_text(const PanelContext& c, const LabLikelihood& found) {
  const std::string wanted = c.view.text(lab_argument_key("likelihood", "probes"), "4");
  const std::string done = std::to_string(found.probes);
  return found.probes < std::atoll(wanted.c_str()) ? done + " of " + wanted : done;
}

/// The error of the estimate against the exact trace, and the number of probes requested.
void draw_agreement(const PanelContext& c, const LabLikelihood& found) {
  const std::string key = lab_argument_key("likelihood", "probes");
  CardSpec spec{"lab.likelihood.agreement",
                "Accuracy of the estimate",
                "against the exact trace; bits per dimension",
                "",
                {}};
  for (const char* probes : {"4", "16", "64"}) {
    spec.chips.push_back({{std::string("lab.likelihood.probes.") + probes, std::string(probes) + " probes",
                           std::string("Continues until every digit has ") + probes +
                               " probes. Four times as many probes halve the error.",
                           "", ""},
                          c.view.text(key, "4") == probes,
                          true});
  }
  const CardBody parts = card(c.ui, c.area, spec);
  if (parts.clicked >= 0)
    c.view.set(key, std::string(parts.clicked == 0 ? "4" : parts.clicked == 1 ? "16" : "64"));
  double error = 0;
  for (const float e : found.error) error += static_cast<double>(e) * e;
  error = std::sqrt(error / static_cast<double>(std::max<size_t>(1, found.error.size())));
  facts(
      c.ui, parts.body,
      {{{"lab.likelihood.probes", "probes",
         "Random probes per point of each digit's trajectory, done and requested. They are added in rounds.",
         probes_text(c, found), ""}},
       {{"lab.likelihood.exact", "exact digits",
         "Digits with the exact trace (all 64 directions), for comparison.",
         std::to_string(found.exact.size()) + " of " + std::to_string(found.planned_exact), ""}},
       {{"lab.likelihood.expected", "estimated error",
         "Root mean square of the estimate's standard errors, computed from the probes.", fixed(error, 3),
         ""}},
       {{"lab.likelihood.rms", "actual error",
         "Root mean square of estimate minus exact value. It should be as large as the estimated error.",
         figure(found.rms, 3), ""}},
       {{"lab.likelihood.bias", "mean error",
         "Mean of estimate minus exact value; near 0 if the estimate is unbiased.", figure(found.bias, 4),
         ""}},
       {{"lab.likelihood.correlation", "correlation",
         "Rank correlation of estimate and exact value over digits that have both; 1 means the same order.",
         figure(found.correlation, 3), ""}}},
      112);
}

}  // namespace

static void upload_likelihood(const PanelContext& c, const LabLikelihood& found) {
  if (!lab_pictures_change(c)) return;
  const uint64_t version = c.snapshot.lab->version;
  if (!found.pictures.empty()) c.cache.lab_typical.set(found.pictures, version);
}

void draw_lab_likelihood(const PanelContext& c) {
  const auto found = c.snapshot.lab->as<LabLikelihood>();
  if (found) upload_likelihood(c, *found);
  const bool ready = found && !found->bits.empty();
  const bool narrow = c.area.w / c.ui.scale < 820, low = c.area.h / c.ui.scale < 520;
  Rect area = c.area, right, below;
  if (ready && narrow) right = area.take_bottom(std::floor(0.55f * area.h), c.px(12));
  if (ready && !narrow) {
    right = area.take_right(std::floor(0.46f * area.w), c.px(12));
    below = area.take_bottom(std::floor((low ? 0.36f : 0.3f) * area.h), c.px(12));
  }
  const std::string unit = ready ? (found->labelled ? "given its class" : "no class label") : "";
  const CardBody parts = lab_card(c.within(area), unit, ready ? answer(*found) : "", all_chips(c));
  take_click(c, parts.clicked);
  if (lab_waits(c, parts.body, ready)) return;
  draw_classes(c, parts.body, *found);
  if (!below.empty())
    draw_means(c.within(below), *found);
  else
    c.ui.map.add_hidden("lab.likelihood.bars", "Mean by class", "Shown in larger windows.");
  const Rect agreement = right.take_bottom(c.px(narrow && low ? 0 : 138), c.px(12));
  const auto halves = rows(right, {1, 1}, c.px(12));
  draw_extremes(c.within(halves[0]), *found, true);
  draw_extremes(c.within(halves[1]), *found, false);
  draw_agreement(c.within(agreement), *found);
}

}  // namespace lf::app::panels
