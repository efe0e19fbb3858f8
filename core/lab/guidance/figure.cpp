// Figure of guidance anatomy: both velocities along t, and guidance weights by their digits.
#include <algorithm>
#include <string>

#include "base/classes.h"
#include "lab/guidance/result.h"

namespace lf {
namespace {

/// Mean over the digits at each time.
LabCurve norm_curve(const char* name, int tone, const LabGuidance& found, const std::vector<float>& values) {
  LabCurve curve{name, tone, found.t, {}};
  const auto n = static_cast<size_t>(found.digits);
  for (size_t s = 0; s < found.t.size() && (s + 1) * n <= values.size(); ++s) {
    double sum = 0;
    for (size_t d = 0; d < n; ++d) sum += static_cast<double>(values[s * n + d]);
    curve.y.push_back(static_cast<float>(sum / static_cast<double>(n)));
  }
  return curve;
}

std::string weight_name(double w) { return "w = " + fixed_text(w, w == static_cast<int>(w) ? 0 : 1); }

/// Endpoint estimates of all digits by the three velocities at one time.
LabImages estimates_at(const LabGuidance& found, size_t state) {
  LabImages images;
  images.columns = static_cast<int>(found.digits);
  images.row_names = {"unconditional", "conditional", weight_name(found.guided)};
  const auto n = static_cast<size_t>(found.digits);
  for (size_t kind = 0; kind < 3; ++kind)
    images.sheet.append(found.guesses, (kind * found.t.size() + state) * n, n);
  return images;
}

/// Every guidance at the most steps.
LabImages weight_rows(const LabGuidance& found) {
  LabImages images;
  const auto n = static_cast<size_t>(found.digits);
  images.columns = static_cast<int>(found.digits);
  for (size_t w = 0; w < found.weights.size(); ++w) {
    const size_t cell = w * found.steps.size() + found.steps.size() - 1;
    if ((cell + 1) * n > found.pictures.count()) break;
    images.row_names.push_back(weight_name(found.weights[w]));
    images.sheet.append(found.pictures, cell * n, n);
    for (size_t d = 0; d < n; ++d)
      images.labels.push_back((cell + 1) * n <= found.seen.size() ? found.seen[cell * n + d] : kNoClass);
  }
  return images;
}

/// Share of the digits that the judge reads as their class.
LabMatrix hit_matrix(const LabGuidance& found) {
  LabMatrix matrix;
  const auto n = static_cast<size_t>(found.digits);
  matrix.columns = static_cast<int>(found.steps.size());
  matrix.written = true;
  matrix.x_name = "midpoint steps", matrix.y_name = "guidance weight";
  for (const double w : found.weights) matrix.row_names.push_back(weight_name(w));
  for (const int64_t k : found.steps) matrix.column_names.push_back(std::to_string(k));
  for (size_t cell = 0; (cell + 1) * n <= found.seen.size(); ++cell) {
    double hits = 0;
    for (size_t d = 0; d < n; ++d) hits += found.seen[cell * n + d] == d ? 1 : 0;
    matrix.values.push_back(static_cast<float>(hits / static_cast<double>(n)));
  }
  return matrix;
}

}  // namespace

LabFigure LabGuidance::figure() const {
  LabFigure figure;
  if (t.empty() || guesses.empty()) return figure;
  const LabCurve added = norm_curve("difference", kToneRed, *this, difference_norm);
  const auto most = std::max_element(added.y.begin(), added.y.end());
  if (most != added.y.end())
    figure.answer =
        "Guidance multiplies the difference v(class) minus v(unconditional). It is longest at t = " +
        fixed_text(added.x[static_cast<size_t>(most - added.y.begin())], 2) + ": RMS " +
        fixed_text(*most, 2) + " per latent dimension.";
  const size_t middle = nearest_index(t, 0.5);
  LabPlot norms{"t",
                "RMS per latent dimension",
                {norm_curve("unconditional", kToneFaint, *this, null_norm),
                 norm_curve("conditional", kToneBlue, *this, digit_norm), added}};
  LabPlot angle{"t", "cosine", {norm_curve("", kToneGreen, *this, cosine)}};
  figure.rows = {
      {{"Length of the velocity with and without label", "mean of ten digits", norms},
       {"Angle between the two velocities", "", angle}},
      {{"Endpoint estimates at t = " + fixed_text(t[middle], 2), "", estimates_at(*this, middle)}}};
  if (!pictures.empty()) {
    std::vector<LabPanel> row{{"Guidance weights",
                               std::to_string(steps.back()) + " midpoint steps" +
                                   (seen.empty() ? "" : "; underlined: predicted class"),
                               weight_rows(*this), 1.8}};
    if (!seen.empty()) row.push_back({"Classified as their label", "% of ten digits", hit_matrix(*this), 1});
    figure.rows.push_back(row);
  }
  return figure;
}

}  // namespace lf
