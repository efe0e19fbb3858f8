// Figure of the nearest training digits: the likeliest copies first, and the ratios d1/d2.
#include <algorithm>
#include <string>

#include "lab/nearest/result.h"

namespace lf {
namespace {

constexpr size_t kSuspects = 8;

/// Samples in order of rising ratio d1/d2: the likeliest copies first.
std::vector<size_t> suspects(const LabNeighbours& near) {
  std::vector<size_t> order(near.ratio.size());
  for (size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::stable_sort(order.begin(), order.end(),
                   [&](size_t a, size_t b) { return near.ratio[a] < near.ratio[b]; });
  order.resize(std::min(order.size(), kSuspects));
  return order;
}

LabImages neighbour_rows(const LabNearest& found, const LabNeighbours& near) {
  LabImages images;
  const auto k = static_cast<size_t>(found.k);
  images.columns = static_cast<int>(k) + 1;
  images.column_names = {"sample"};
  for (size_t rank = 1; rank <= k; ++rank) images.column_names.push_back("nearest " + std::to_string(rank));
  for (const size_t sample : suspects(near)) {
    images.row_names.push_back("d1/d2 " + fixed_text(static_cast<double>(near.ratio[sample]), 2));
    images.sheet.append(found.pictures, sample, 1);
    images.sheet.append(near.pictures, sample * k, k);
    images.notes.push_back("");
    for (size_t rank = 0; rank < k; ++rank)
      images.notes.push_back(fixed_text(static_cast<double>(near.distance[sample * k + rank]), 2));
  }
  return images;
}

LabPlot ratio_plot(const LabNeighbours& near) {
  LabPlot plot{"ratio d1/d2 of the distances", "% of the digits", {}};
  LabCurve test = histogram_curve(near.test_ratio, 0.4, 1, 24),
           samples = histogram_curve(near.ratio, 0.4, 1, 24);
  test.name = "real test digits", test.tone = kToneFaint;
  samples.name = "samples", samples.tone = kToneBlue;
  float top = 1;
  for (const LabCurve* curve : {&test, &samples})
    top = std::max(top, *std::max_element(curve->y.begin(), curve->y.end()));
  const auto at = static_cast<float>(near.threshold);
  plot.curves = {
      test,
      samples,
      {"alarm below " + fixed_text(near.threshold, 2), kToneRed, {at, at}, {0, top}, true, false, true}};
  return plot;
}

std::string alarm_words(const LabNeighbours& near, const std::string& space) {
  const int64_t alarms = copy_alarms(near);
  return alarms < 0 ? "" : std::to_string(alarms) + " by " + space;
}

}  // namespace

LabFigure LabNearest::figure() const {
  LabFigure figure;
  if (latent.index.empty()) return figure;
  figure.answer =
      std::to_string(samples) + " samples against " + std::to_string(train_count) + " training digits.";
  const std::string by_latents = alarm_words(latent, "latents"), by_pixels = alarm_words(pixels, "pixels");
  if (!by_latents.empty())
    figure.answer += " Alarms (1 % of real test digits raise one): " + by_latents +
                     (by_pixels.empty() ? "" : ", " + by_pixels) + ".";
  figure.answer += " The rows show the samples with the smallest ratio of nearest to next distance.";
  figure.rows = {{{"Nearest by latents", "below: distance", neighbour_rows(*this, latent)}}};
  if (!pixels.index.empty())
    figure.rows[0].push_back({"Nearest by pixels", "below: distance", neighbour_rows(*this, pixels)});
  std::vector<LabPanel> ratios;
  if (!latent.test_ratio.empty())
    ratios.push_back({"Ratios by latents", "near 0: a copy", ratio_plot(latent)});
  if (!pixels.test_ratio.empty())
    ratios.push_back({"Ratios by pixels", "near 0: a copy", ratio_plot(pixels)});
  if (!ratios.empty()) figure.rows.push_back(ratios);
  return figure;
}

}  // namespace lf
