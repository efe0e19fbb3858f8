// The read-out of a plot: no value where a curve has none.
#include <gtest/gtest.h>

#include "fake_snapshots.h"
#include "headless_ui.h"
#include "widgets/plot/plot.h"

namespace lf::app::widgets {
namespace {

/// The read-out at x, over a plot of two curves on 0..100.
std::string readout_at(const PlotCurve& first, const PlotCurve& second, double x, double y = 0.5) {
  HeadlessUi window(800, 500);
  PlotSpec spec;
  spec.info = {"p", "p", "", "", ""};
  spec.x_unit = "x", spec.x_low = 0, spec.x_high = 100, spec.y_low = 0, spec.y_high = 1;
  spec.curves = {first, second};
  PlotState state;
  const auto frame = [&] {
    window.frame(fake_snapshot("empty"), [&](const panels::PanelContext& c) {
      ImGui::SetNextWindowPos({0, 0});
      ImGui::SetNextWindowSize({800, 500});
      ImGui::Begin("w", nullptr, ImGuiWindowFlags_NoDecoration);
      plot(c.ui, {0, 0, 800, 500}, state, spec);
      ImGui::End();
    });
  };
  frame();
  const Rect area = window.ui.map.find("p")->rect;
  ImGui::GetIO().MousePos = {area.x + static_cast<float>(x / 100) * area.w,
                             area.bottom() - static_cast<float>(y) * area.h};
  frame();
  frame();
  return state.readout;
}

TEST(PlotHover, OutsideACurveThereIsNoValue) {
  const float x[] = {0, 20, 40, 60, 80, 100}, y[] = {0.1f, 0.2f, 0.3f, 0.4f, 0.5f, 0.6f};
  const float short_x[] = {40, 60}, short_y[] = {0.7f, 0.8f};
  const PlotCurve whole{"whole", 0xff0000ff, x, y, 6}, part{"part", 0xff00ff00, short_x, short_y, 2};
  EXPECT_EQ(readout_at(whole, part, 20), "whole  0.2\npart  –");
  EXPECT_EQ(readout_at(whole, part, 60), "whole  0.4\npart  0.8");
  EXPECT_EQ(readout_at(whole, part, 80), "whole  0.5\npart  –");
  EXPECT_EQ(readout_at(part, whole, 80), "part  –\nwhole  0.5");
}

TEST(PlotHover, APointBesideTheMouseSaysWhereItIs) {
  const float x[] = {0, 10, 20, 30, 40}, y[] = {0.1f, 0.2f, 0.3f, 0.4f, 0.5f};
  const float rare_x[] = {0, 40}, rare_y[] = {0.7f, 0.8f};
  EXPECT_EQ(readout_at({"often", 1, x, y, 5}, {"rarely", 1, rare_x, rare_y, 2}, 30),
            "often  0.4\nrarely  0.8  at 40");
}

TEST(PlotHover, WhereACurveFoldsBackTheNearestPointIsMeant) {
  const float x[] = {20, 60, 40, 80}, y[] = {0.9f, 0.8f, 0.3f, 0.2f};
  const PlotCurve folded{"folded", 1, x, y, 4}, none{"none", 1, x, y, 0};
  EXPECT_EQ(readout_at(folded, none, 60, 0.8), "folded  0.8");
  EXPECT_EQ(readout_at(folded, none, 40, 0.3), "folded  0.3");
  EXPECT_EQ(readout_at(folded, none, 10, 0.9), "folded  –");
  const float twice_x[] = {20, 20, 80}, twice_y[] = {0.9f, 0.3f, 0.2f};
  EXPECT_EQ(readout_at({"twice", 1, twice_x, twice_y, 3}, none, 20, 0.9), "twice  0.9");
  EXPECT_EQ(readout_at({"twice", 1, twice_x, twice_y, 3}, none, 20, 0.3), "twice  0.3");
}

}  // namespace
}  // namespace lf::app::widgets
