#include "panels/files/figure_rows.h"

#include <gtest/gtest.h>

#include "fake_snapshots.h"
#include "headless_ui.h"
#include "panels/files/state.h"
#include "protocol/figure_kinds.h"

namespace lf::app::panels {
namespace {

TEST(FigureRows, EveryPageProposesKnownFigures) {
  for (const char* page : {"explore", "flow-lab", "latent-space", "reconstructions", "training", "quality",
                           "compare", "sweep", "runs", "log"})
    for (const std::string& kind : figures_of_page(page)) EXPECT_NO_THROW(figure_kind(kind)) << page;
}

TEST(FigureRows, ControlsShowFigures) {
  EXPECT_EQ(figure_of_item("plot.loss"), "loss");
  EXPECT_EQ(figure_of_item("grid.flow.3"), "digits");
  EXPECT_EQ(figure_of_item("plot.losses"), "");
  EXPECT_EQ(figure_of_item("train"), "");
}

TEST(FigureRows, TheCommandHasWhatWasChosen) {
  ViewState view;
  view.page = "explore";
  open_figure_panel(view, "digits");
  EXPECT_EQ(files_mode(view), FilesMode::Figure);
  EXPECT_EQ(view.text("now.files.path", ""), "digits.pdf");
  view.t = 0.5f;
  EXPECT_EQ(format_command(figure_command(view, "/x/digits.pdf")),
            "figure digits file=/x/digits.pdf width=85 palette=print t=0.5");
}

TEST(FigureRows, ChipsChangeFormatWidthAndFigure) {
  HeadlessUi window(1440, 900);
  const Snapshot snapshot = fake_snapshot("flow");
  open_figure_panel(window.view, "loss");
  window.frames(snapshot);
  window.click(snapshot, "files.format..svg");
  window.click(snapshot, "files.width.170");
  window.click(snapshot, "files.palette.grey");
  window.frames(snapshot);
  EXPECT_EQ(window.view.text("now.files.path", ""), "loss.svg");
  window.click(snapshot, "files.figure.map");
  window.frames(snapshot);
  EXPECT_EQ(window.view.text("now.files.path", ""), "map.svg");
  const std::string line = format_command(figure_command(window.view, "/m.svg"));
  EXPECT_NE(line.find("width=170"), std::string::npos) << line;
  EXPECT_NE(line.find("palette=grey"), std::string::npos) << line;
}

TEST(FigureRows, ARightClickOnAPlotOpensThePanelForIt) {
  HeadlessUi window(1440, 900);
  const Snapshot snapshot = fake_snapshot("flow");
  window.frames(snapshot);
  const UiItem* plot = window.ui.map.find("plot.loss");
  ASSERT_NE(plot, nullptr);
  ImGuiIO& io = ImGui::GetIO();
  io.MousePos = plot->rect.center();
  window.frames(snapshot, 1);
  io.MouseDown[1] = true;
  window.frames(snapshot, 1);
  io.MouseDown[1] = false;
  window.frames(snapshot, 2);
  EXPECT_TRUE(window.view.files);
  EXPECT_EQ(window.view.text("now.files.path", ""), "loss.pdf");
  EXPECT_NE(window.ui.map.find("files.figure.loss"), nullptr);
}

}  // namespace
}  // namespace lf::app::panels
