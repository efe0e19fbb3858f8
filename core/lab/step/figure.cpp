// Figure of one training step: images and losses before and after, gradient and update by group.
#include <cmath>
#include <string>

#include "base/printed.h"
#include "lab/step/result.h"

namespace lf {
namespace {

/// Loss of each digit of the batch by its t.
LabCurve batch_curve(const char* name, int tone, const LabStep& found, const std::vector<float>& loss) {
  LabCurve curve{name, tone, {}, {}, false, true};
  for (size_t i = 0; i < loss.size() && i < found.t.size(); ++i)
    curve.x.push_back(found.t[i]), curve.y.push_back(loss[i]);
  return curve;
}

LabImages stage_rows(const LabStep& found) {
  LabImages images;
  images.columns = static_cast<int>(found.shown.size());
  images.sheet = found.pictures;
  images.row_names = {"digit x1", "noise x0", "state x(t)", "estimate before", "estimate after"};
  for (const int64_t digit : found.shown)
    images.column_names.push_back("t " +
                                  fixed_text(static_cast<double>(found.t[static_cast<size_t>(digit)]), 2));
  return images;
}

}  // namespace

LabFigure LabStep::figure() const {
  LabFigure figure;
  if (t.empty() || shown.empty()) return figure;
  figure.answer = "One step of " + optimizer + " on a batch of " + std::to_string(batch) +
                  ". The loss of the batch changes from " + fixed_text(mean_loss, 4) + " to " +
                  fixed_text(mean_loss_after, 4) + ", that of equally many other digits from " +
                  fixed_text(other_loss, 4) + " to " + fixed_text(other_loss_after, 4) + ". Learning rate " +
                  printed("%.3g", rate) + ", gradient norm " + fixed_text(gradient_norm, 3) + ".";
  LabBars updates{"norm of the update, % of the weights' norm", {}, {{"", kToneAmber, {}}}},
      gradients{"norm", {}, {{"", kToneBlue, {}}}};
  for (const LabStepGroup& group : groups) {
    updates.names.push_back(group.name), gradients.names.push_back(group.name);
    updates.series[0].values.push_back(group.weight > 0 ? 100 * group.update / group.weight : std::nan(""));
    gradients.series[0].values.push_back(group.gradient);
  }
  LabPlot losses{
      "t",
      "loss",
      {batch_curve("before", kToneFaint, *this, loss), batch_curve("after", kToneBlue, *this, loss_after)}};
  figure.rows = {
      {{"Digits of the batch", "by rising t; decoded", stage_rows(*this), 1.1},
       {"Loss of each digit", "before and after the step", losses, 1}},
      {{"Gradient", "by group of weights", gradients}, {"Update", "by group of weights", updates}}};
  return figure;
}

}  // namespace lf
