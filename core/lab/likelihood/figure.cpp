// Figure of the likelihood: bits by class, most and least likely digits, error of the estimate.
#include <algorithm>
#include <cmath>
#include <string>

#include "base/classes.h"
#include "lab/likelihood/result.h"

namespace lf {
namespace {

LabPlot class_plot(const LabLikelihood& found) {
  LabPlot plot{"bits per latent dimension (less is likelier)", "% of the class", {}};
  const auto ends = std::minmax_element(found.bits.begin(), found.bits.end());
  for (uint8_t k = 0; k < kClasses; ++k) {
    std::vector<float> own;
    for (size_t i = 0; i < found.bits.size(); ++i)
      if (found.labels[i] == k) own.push_back(found.bits[i]);
    if (own.size() < 2) continue;
    LabCurve curve = histogram_curve(own, static_cast<double>(*ends.first) - 0.02,
                                     static_cast<double>(*ends.second) + 0.02, 14);
    curve.name = std::to_string(k), curve.tone = k;
    plot.curves.push_back(curve);
  }
  return plot;
}

LabImages extreme_images(const LabLikelihood& found, bool most) {
  LabImages images;
  images.columns = 8;
  const std::vector<int64_t>& which = most ? found.most : found.least;
  const size_t shown = std::min<size_t>(24, which.size());
  images.sheet.append(found.pictures, most ? 0 : found.most.size(), shown);
  for (size_t i = 0; i < shown; ++i) {
    const auto digit = static_cast<size_t>(which[i]);
    images.labels.push_back(found.labels[digit]);
    images.notes.push_back(fixed_text(static_cast<double>(found.bits[digit]), 2));
  }
  return images;
}

/// The estimate of each digit by its exact value, and where both are the same.
LabPlot agreement_plot(const LabLikelihood& found) {
  const size_t n = std::min(found.exact.size(), found.bits.size());
  const auto end = found.exact.begin() + static_cast<std::ptrdiff_t>(n);
  const float low = *std::min_element(found.exact.begin(), end),
              high = *std::max_element(found.exact.begin(), end);
  return {"exact, bits per dimension",
          "estimate",
          {{"", kToneFaint, {low, high}, {low, high}, true, false, true},
           {"",
            kToneBlue,
            {found.exact.begin(), end},
            {found.bits.begin(), found.bits.begin() + static_cast<std::ptrdiff_t>(n)},
            false,
            true}}};
}

}  // namespace

LabFigure LabLikelihood::figure() const {
  LabFigure figure;
  if (bits.empty()) return figure;
  figure.answer = std::to_string(bits.size()) + " test digits, " +
                  (labelled ? "log p(z given class)" : "log p(z)") + ": " + fixed_text(overall, 3) +
                  " bits per latent dimension, standard error " + fixed_text(overall_error, 3) + "; " +
                  std::to_string(probes) + " probes per digit.";
  if (std::isfinite(rms))
    figure.answer += " Against the exact trace of " + std::to_string(std::min(exact.size(), bits.size())) +
                     " digits: RMS error " + fixed_text(rms, 3) + ", correlation " +
                     fixed_text(correlation, 3) + ".";
  LabBars means{"bits per latent dimension",
                class_names(),
                {{"", kToneText, {mean.begin(), mean.end()}, {mean_error.begin(), mean_error.end()}}}};
  figure.rows = {
      {{"Digits by class", "", class_plot(*this), 1.3}, {"Class means", "whisker: standard error", means, 1}},
      {{"Most likely", "below: bits", extreme_images(*this, true)},
       {"Least likely", "below: bits", extreme_images(*this, false)}}};
  if (std::min(exact.size(), bits.size()) > 1)
    figure.rows[0].push_back({"Estimate against the exact trace", "", agreement_plot(*this), 1});
  return figure;
}

}  // namespace lf
