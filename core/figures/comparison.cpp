// Models side by side on the same noise, and their curves.
#include <algorithm>

#include "base/errors.h"
#include "base/number_text.h"
#include "base/time_text.h"
#include "figures/parts.h"
#include "figures/plot.h"
#include "protocol/mean_deviation.h"

namespace lf::figures {
namespace {

constexpr int kComparedCell = 64, kComparedGap = 6, kComparedColumns = 10;
constexpr int kCurvesHeight = 620;
constexpr size_t kMostCompared = 4;

/// Colours of the models, in order; the window uses the same.
files::Rgb model_colour(const Palette& palette, size_t index) {
  const files::Rgb colours[kMostCompared] = {palette.blue, palette.amber, palette.green, palette.violet};
  return colours[index % kMostCompared];
}

int compared_rows(const CompareBlock& block) {
  int64_t most = 0;
  for (const ComparedModel& model : block.models)
    if (model.flow) most = std::max(most, model.flow->digits);
  return static_cast<int>((most + kComparedColumns - 1) / kComparedColumns);
}

std::string compared_remark(const ComparedModel& model) {
  std::string text = with_thousands(model.flow_steps) + " steps";
  if (!model.fd.empty())
    text += " · FD " + mean_text(model.fd, 1, 2, "%");
  else if (model.score.valid)
    text += " · FD " + fixed(model.score.fd, 2) + " %";
  return text;
}

void draw_model(Drawing& canvas, Box box, const ComparedModel& model, size_t index) {
  const Box content = draw_card(canvas, box, model.name, compared_remark(model));
  canvas.fill_rect(box.x, box.y, 8, box.h, model_colour(canvas.palette(), index));
  if (!model.flow) {
    canvas.text({content.x, content.y + 40}, model.problem, body(canvas.palette().dim));
    return;
  }
  const FlowBlock& flow = *model.flow;
  const auto digits = static_cast<size_t>(flow.digits), first = flow.images.count() - digits;
  for (size_t i = 0; i < digits; ++i) {
    const float x = content.x + float(i % kComparedColumns) * (kComparedCell + kComparedGap);
    const float y = content.y + float(i / kComparedColumns) * (kComparedCell + kComparedGap + 6);
    draw_digit(canvas, flow.images.image(first + i), x, y, kComparedCell);
    draw_label_bar(canvas, flow.labels[i], x, y + kComparedCell + 2, kComparedCell);
  }
}

void draw_curves(Drawing& canvas, Box box, const std::vector<RunCurves>& curves) {
  std::vector<Curve> shown;
  for (size_t i = 0; i < curves.size(); ++i) {
    const Series& held_out = curves[i].flow_test;
    if (!held_out.value.empty())
      shown.push_back({curves[i].name, held_out.step, held_out.value, model_colour(canvas.palette(), i), 4});
  }
  const Box content = draw_card(canvas, box, "Flow loss", "held-out digits");
  if (shown.empty())
    canvas.text({content.x, content.y + 40}, "None of these models has curves.", body(canvas.palette().dim));
  else
    draw_plot(canvas, content, shown, "step");
}

}  // namespace

Drawing draw_comparison(const CompareBlock& block, const std::vector<RunCurves>& curves,
                        const Palette& palette) {
  if (block.models.size() < 2 || block.models.size() > kMostCompared)
    throw InputError("a comparison needs two to four models, got " + std::to_string(block.models.size()));
  const int rows = std::max(1, compared_rows(block));
  const int width = 2 * kPad + kComparedColumns * (kComparedCell + kComparedGap);
  const int height = 2 * kPad + kTitle + 24 + rows * (kComparedCell + kComparedGap + 6);
  const int lines = static_cast<int>((block.models.size() + 1) / 2);
  Drawing canvas(float(3 * kGap + 2 * width), float((lines + 2) * kGap + lines * height + kCurvesHeight),
                 palette);
  canvas.title = "Comparison";
  for (size_t i = 0; i < block.models.size(); ++i) {
    const float x = float(kGap + int(i % 2) * (width + kGap)), y = float(kGap + int(i / 2) * (height + kGap));
    draw_model(canvas, {x, y, float(width), float(height)}, block.models[i], i);
  }
  const float top = float(kGap + lines * (height + kGap));
  draw_curves(canvas, {kGap, top, float(canvas.width() - 2 * kGap), kCurvesHeight}, curves);
  return canvas;
}

}  // namespace lf::figures
