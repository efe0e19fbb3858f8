// loss.png: the losses of each network by step.
#include "base/printed.h"
#include "base/time_text.h"
#include "figures/parts.h"
#include "figures/plot.h"

namespace lf::figures {
namespace {

constexpr int kWidth = 1800, kHeight = 860;

std::vector<Curve> loss_curves(const Drawing& canvas, const Series& train, const Series& test,
                               files::Rgb color) {
  std::vector<Curve> curves;
  curves.push_back({"", train.step, train.value, color, 2, true});
  curves.push_back({"train", train.step, smoothed(train.value), color, 4, false});
  if (!test.value.empty())
    curves.push_back({"held out", test.step, test.value, canvas.palette().text, 3, false});
  return curves;
}

std::string sentence_of(const Series& train, const Series& test) {
  if (train.value.empty()) return "This part has not been trained yet.";
  std::string text = "Ends at " + printed("%.4g", smoothed(train.value).back());
  if (!test.value.empty()) text += ", " + printed("%.4g", test.value.back()) + " on held-out digits";
  return text + ", after " + with_thousands(int64_t(train.step.back())) + " steps.";
}

void draw_panel(Drawing& canvas, Box box, const std::string& title, const std::string& unit,
                const Series& train, const Series& test, files::Rgb color) {
  Box content = draw_card(canvas, box, title, unit);
  draw_sentence(canvas, content, sentence_of(train, test));
  content.h -= kSentenceHeight;
  draw_plot(canvas, content, loss_curves(canvas, train, test, color), "step");
}

}  // namespace

Drawing draw_loss(const LossBlock& loss, const Palette& palette) {
  Drawing canvas(kWidth, kHeight, palette);
  canvas.title = "Autoencoder and flow loss";
  const float w = (kWidth - 3 * kGap) / 2.0f, h = kHeight - 2 * kGap;
  draw_panel(canvas, {kGap, kGap, w, h}, "Autoencoder loss", "nats per digit", loss.autoencoder_train,
             loss.autoencoder_test, canvas.palette().green);
  draw_panel(canvas, {2 * kGap + w, kGap, w, h}, "Flow loss", "mean squared velocity error", loss.flow_train,
             loss.flow_test, canvas.palette().blue);
  return canvas;
}

}  // namespace lf::figures
