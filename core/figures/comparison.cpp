// Models side by side on the same noise, and their curves.
#include <algorithm>

#include "base/errors.h"
#include "base/number_text.h"
#include "base/time_text.h"
#include "figures/animation.h"
#include "figures/parts.h"
#include "figures/plot.h"
#include "figures/print/paint.h"
#include "lab/figure.h"
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

/// The digits of the state nearest to t.
void draw_model(Drawing& canvas, Box box, const ComparedModel& model, size_t index, double t) {
  const Box content = draw_card(canvas, box, model.name, compared_remark(model));
  canvas.fill_rect(box.x, box.y, 8, box.h, model_colour(canvas.palette(), index));
  if (!model.flow) {
    canvas.text({content.x, content.y + 40}, model.problem, body(canvas.palette().dim));
    return;
  }
  const FlowBlock& flow = *model.flow;
  const auto digits = static_cast<size_t>(flow.digits);
  const size_t first = t >= 1 ? flow.images.count() - digits : nearest_index(flow.t, t) * digits;
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

/// Sizes of the cards of a comparison, in two columns.
struct ComparedLayout {
  int width, height, lines;
  float total_width() const { return float(3 * kGap + 2 * width); }
  float total_height() const { return float(kGap + lines * (height + kGap)); }
};

/// Throws InputError for another number of models than two to four.
ComparedLayout compared_layout(const CompareBlock& block) {
  if (block.models.size() < 2 || block.models.size() > kMostCompared)
    throw InputError("a comparison needs two to four models, got " + std::to_string(block.models.size()));
  const int rows = std::max(1, compared_rows(block));
  return {2 * kPad + kComparedColumns * (kComparedCell + kComparedGap),
          2 * kPad + kTitle + 24 + rows * (kComparedCell + kComparedGap + 6),
          static_cast<int>((block.models.size() + 1) / 2)};
}

void draw_models(Drawing& canvas, const ComparedLayout& layout, const CompareBlock& block, double t) {
  for (size_t i = 0; i < block.models.size(); ++i) {
    const float x = float(kGap + int(i % 2) * (layout.width + kGap)),
                y = float(kGap + int(i / 2) * (layout.height + kGap));
    draw_model(canvas, {x, y, float(layout.width), float(layout.height)}, block.models[i], i, t);
  }
}

}  // namespace

Drawing draw_comparison(const CompareBlock& block, const std::vector<RunCurves>& curves,
                        const Palette& palette) {
  const ComparedLayout layout = compared_layout(block);
  const float top = layout.total_height();
  Drawing canvas(layout.total_width(), top + kCurvesHeight + kGap, palette);
  canvas.title = "Comparison";
  draw_models(canvas, layout, block, 1);
  draw_curves(canvas, {kGap, top, layout.total_width() - 2 * kGap, kCurvesHeight}, curves);
  return canvas;
}

Frames comparison_frames(const CompareBlock& block) {
  constexpr float kTrack = 64;
  const ComparedLayout layout = compared_layout(block);
  std::vector<float> t;
  for (const ComparedModel& model : block.models)
    if (model.flow && model.flow->t.size() > t.size()) t = model.flow->t;
  const auto draw = [layout, block, t](size_t i) {
    Drawing canvas(layout.total_width(), layout.total_height() + kTrack);
    draw_models(canvas, layout, block, double(t[i]));
    const float y = layout.total_height() + 20;
    canvas.text({kGap, y + 14}, "t " + fixed(t[i], 2), mono(canvas.palette().text));
    draw_time_track(canvas, {kGap + 110, y, canvas.width() - 2 * kGap - 122, 8}, t[i]);
    return painted(canvas);
  };
  return {t.size(), draw};
}

}  // namespace lf::figures
