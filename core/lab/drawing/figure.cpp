// Figure of "draw, invert, edit": the trajectory to noise, the ten classes, round-trip errors.
#include <algorithm>
#include <string>

#include "base/classes.h"
#include "base/printed.h"
#include "lab/drawing/result.h"

namespace lf {

LabFigure LabDrawing::figure() const {
  LabFigure figure;
  if (picture.empty() || way.empty()) return figure;
  LabImages pair{2, picture, {}, {"input", "autoencoder"}, {}, {}};
  pair.sheet.append(reconstruction);
  LabImages there;
  there.columns = static_cast<int>(t.size());
  there.sheet = way;
  for (const float time : t) there.column_names.push_back("t " + fixed_text(static_cast<double>(time), 1));
  figure.answer =
      seen < 0
          ? "Unconditional."
          : "Conditioned on class " + std::to_string(seen) +
                (certainty > 0 ? " (classifier probability " + fixed_text(100 * certainty, 0) + " %)." : ".");
  figure.answer += " The noise of this digit has RMS " + fixed_text(noise_length, 3) +
                   " per latent dimension; samples of the prior have 1.";
  LabBars errors{"RMS error per latent dimension", {}, {{"", kToneBlue, {}}}};
  errors.logarithmic = true;
  for (const LabRoundTrip& trip : round_trips) {
    errors.names.push_back(trip.solver + ", " +
                           (trip.steps > 0 ? std::to_string(trip.steps) + " steps" : "adaptive"));
    errors.series[0].values.push_back(std::max(1e-9, trip.error));
  }
  if (!round_trips.empty())
    figure.answer +=
        " Round-trip error of " + errors.names[0] + ": " + printed("%.2g", round_trips[0].error) + ".";
  figure.rows = {
      {{"Input", "28 x 28", pair, 1}, {"Trajectory to noise", "decoded states from t = 1 to 0", there, 4}}};
  std::vector<LabPanel> second;
  if (!classes.empty())
    second.push_back({"The same noise with every class label",
                      classes_seen.empty() ? "" : "underlined: predicted class",
                      LabImages{kClasses, classes, {}, class_names(), classes_seen, {}}, 2});
  second.push_back({"Round-trip error", "", errors, 1.2});
  figure.rows.push_back(second);
  return figure;
}

}  // namespace lf
