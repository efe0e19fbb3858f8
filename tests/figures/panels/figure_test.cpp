// The lab's tools on paper: every tool draws what it knows, be it much or little.
#include "figures/panels/figure.h"

#include <cmath>

#include "fake_snapshots.h"
#include "figures/print/paint.h"
#include "input_error_of.h"

namespace lf::figures {
namespace {

LabFigure with(const LabPanel& panel) { return {"An answer.", {{panel}}}; }
Drawing drawn(const LabPanel& panel) { return figures::draw_lab({"Tool", "Why?", "seed 7"}, with(panel)); }

/// How many pixels have this colour.
int64_t count_of(const Drawing& canvas, files::Rgb color) {
  int64_t count = 0;
  const auto pixels = painted(canvas).pixels;
  for (size_t i = 0; i + 2 < pixels.size(); i += 3)
    count += pixels[i] == color.r && pixels[i + 1] == color.g && pixels[i + 2] == color.b;
  return count;
}
constexpr files::Rgb kLightBlue = files::Rgb::hex(0x2573C2), kLightRed = files::Rgb::hex(0xC93440);

TEST(LabFigures, EveryToolHasAFigureAndATableOfItsFakeAnswer) {
  const FlowBlock flow = *fake_snapshot("flow").flow;
  for (const LabToolInfo& tool : lab_tools()) {
    for (const double progress : {0.5, 1.0}) {
      const auto lab = fake_lab(flow, tool.id, progress);
      const LabFigure found = lab->result->figure();
      EXPECT_GT(found.answer.size(), 20u) << tool.id;
      EXPECT_GT(lab->result->table().rows(), 0u) << tool.id;
      if (progress < 1) continue;  // drawing takes a second
      const Drawing canvas = figures::draw_lab({tool.name, tool.question, ""}, found);
      EXPECT_EQ(canvas.width(), 2000);
      EXPECT_GT(canvas.height(), 500) << tool.id;
    }
  }
}

TEST(LabFigures, ACurveIsDrawnAndWhatIsNotFiniteIsNot) {
  const LabCurve curve{"rising", kToneRed, {0, 0.5f, 1}, {0, 1, 2}};
  EXPECT_GT(count_of(drawn({"Plot", "", LabPlot{"t", "height", {curve}}}), kLightRed), 2000);
  LabCurve holes = curve;
  holes.name = "";
  holes.y = {0, std::nanf(""), 2};
  EXPECT_LT(count_of(drawn({"Plot", "", LabPlot{"t", "height", {holes}}}), kLightRed), 100);
  LabCurve dashed = curve;
  dashed.dashed = true;
  EXPECT_LT(count_of(drawn({"Plot", "", LabPlot{"t", "height", {dashed}}}), kLightRed),
            count_of(drawn({"Plot", "", LabPlot{"t", "height", {curve}}}), kLightRed));
}

TEST(LabFigures, BarsAreAsLongAsTheirValues) {
  const auto bars = [](double value) { return LabBars{"unit", {"a", "b"}, {{"", kToneBlue, {value, 4}}}}; };
  const int64_t one = count_of(drawn({"Bars", "", bars(1)}), kLightBlue),
                two = count_of(drawn({"Bars", "", bars(2)}), kLightBlue);
  EXPECT_NEAR(static_cast<double>(two) / static_cast<double>(one), 6.0 / 5.0, 0.02);
  LabBars logarithmic{"unit", {"a", "b"}, {{"", kToneBlue, {1e-6, 1e-2}}}};
  logarithmic.logarithmic = true;
  EXPECT_GT(count_of(drawn({"Bars", "", logarithmic}), kLightBlue), 1000);
}

TEST(LabFigures, AMatrixGoesFromPaperToBlue) {
  LabMatrix matrix;
  matrix.columns = 2;
  matrix.values = {0, 1, 1, 1};
  const int64_t three = count_of(drawn({"Matrix", "", matrix}), kLightBlue);
  matrix.values = {0, 0, 0, 1};
  const int64_t one = count_of(drawn({"Matrix", "", matrix}), kLightBlue);
  EXPECT_NEAR(static_cast<double>(three) / static_cast<double>(one), 3, 0.1);
}

TEST(LabFigures, WithoutAnyPanelThereIsNothingToDraw) {
  EXPECT_NE(input_error_of([] {
              figures::draw_lab({"Tool", "Why?", ""}, {});
            }).find("nothing to draw"),
            std::string::npos);
}

TEST(LabFigures, SmallHelpersAreExact) {
  EXPECT_EQ(fixed_text(-0.001, 2), "0.00");
  EXPECT_EQ(fixed_text(-1.005, 1), "-1.0");
  EXPECT_EQ(spread_indices(9, 3), (std::vector<size_t>{0, 4, 8}));
  EXPECT_EQ(spread_indices(2, 5), (std::vector<size_t>{0, 1}));
  EXPECT_TRUE(spread_indices(0, 5).empty());
  EXPECT_EQ(nearest_index({0, 0.4f, 1}, 0.5), 1u);
  const LabCurve bins = histogram_curve({0.1f, 0.2f, 0.9f, 5}, 0, 1, 2);
  EXPECT_EQ(bins.y, (std::vector<float>{50, 25})) << "what lies outside counts as a digit, not in a bin";
}

}  // namespace
}  // namespace lf::figures
