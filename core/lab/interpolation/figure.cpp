// Figure of the interpolation: one row of images for each route, and the classifier's confidence.
#include <string>

#include "lab/interpolation/result.h"

namespace lf {
namespace {

std::string film_name(const std::string& name) {
  if (name == "latent") return "in the latent";
  return name == "noise" ? "in the noise" : "along the flow";
}

}  // namespace

LabFigure LabInterpolation::figure() const {
  LabFigure figure;
  if (films.empty()) return figure;
  LabImages images;
  images.columns = static_cast<int>(frames);
  for (const float s : share) images.column_names.push_back(fixed_text(static_cast<double>(s), 1));
  LabPlot certainty{"share of the second digit", "classifier confidence, %", {}};
  constexpr int kTones[] = {kToneBlue, kToneViolet, kToneAmber};
  for (size_t f = 0; f < films.size(); ++f) {
    const LabFilm& film = films[f];
    images.row_names.push_back(film_name(film.name) + (film.name == "flow" ? ", t " + fixed_text(t, 2) : ""));
    images.sheet.append(film.pictures);
    images.labels.insert(images.labels.end(), film.seen.begin(), film.seen.end());
    LabCurve curve{film_name(film.name), kTones[f % 3], share, {}};
    for (const float sure : film.certainty) curve.y.push_back(100 * sure);
    if (!curve.y.empty()) certainty.curves.push_back(curve);
    figure.answer += (f ? "; " : "") + film_name(film.name) + " " + fixed_text(film.length, 2);
  }
  if (images.labels.size() != images.sheet.count()) images.labels.clear();
  figure.answer = "From training digit " + std::to_string(first) + " (a " + class_text(first_label) +
                  ") to " + std::to_string(second) + " (a " + class_text(second_label) +
                  "). Length of each route relative to the straight line: " + figure.answer + ".";
  LabImages pair{1, ends, {"first", "second"}, {}, {first_label, second_label}, {}};
  figure.rows = {{{"Interpolation",
                   images.labels.empty() ? "columns: share of the second digit"
                                         : "columns: share of the second digit; underlined: predicted class",
                   images}},
                 {{"Training digits", "", pair, 1}}};
  if (!certainty.curves.empty())
    figure.rows[1].push_back({"Classifier confidence", "probability of the predicted class", certainty, 3});
  return figure;
}

}  // namespace lf
