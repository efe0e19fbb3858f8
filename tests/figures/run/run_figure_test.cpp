// Every figure of a run in every format, and what is refused.
#include "figures/run/run_figure.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "base/errors.h"
#include "fake_snapshots.h"
#include "figures/print/pdf.h"
#include "figures/print/save.h"
#include "figures/run/run_plots.h"
#include "input_error_of.h"
#include "protocol/figure_kinds.h"

namespace lf::figures {
namespace {

namespace fs = std::filesystem;

class RunFigures : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (fs::temp_directory_path() / "latentflow_print_XXXXXX").string();
    folder_ = mkdtemp(pattern.data());
    now_ = fake_snapshot("flow");
    auto loss = std::make_shared<LossBlock>(*now_.loss);
    for (Series* series : {&loss->flow_train, &loss->flow_test, &loss->flow_rate, &loss->autoencoder_train})
      *series = {{1, 2, 4}, {4, 2, 1}, {0.5f, 1, 2}};
    now_.loss = loss;
  }
  void TearDown() override { fs::remove_all(folder_); }
  FigureCommand asking(const std::string& kind, const std::string& ending) {
    FigureCommand command;
    command.kind = kind;
    command.file = (folder_ / (kind + ending)).string();
    return command;
  }
  std::string written(const FigureCommand& command) {
    write_run_figure(command, now_);
    std::ifstream file(command.file, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }
  std::string refusal(const FigureCommand& command) {
    return input_error_of([&] { write_run_figure(command, now_); });
  }
  fs::path folder_;
  Snapshot now_;
};

TEST_F(RunFigures, EveryKnownKindIsWrittenInEveryFormat) {
  int known = 0;
  for (const FigureKind& kind : figure_kinds()) {
    if (!figure_known(kind.id, now_)) continue;
    ++known;
    for (const std::string& ending : figure_endings()) {
      if (ending == ".pdf" && !pdf_available()) continue;
      const std::string bytes = written(asking(kind.id, ending));
      EXPECT_GT(bytes.size(), 60u) << kind.id << ending;
      if (ending == ".pdf") {
        EXPECT_EQ(bytes.substr(0, 5), "%PDF-") << kind.id;
      }
      if (ending == ".png") {
        EXPECT_EQ(bytes.substr(1, 3), "PNG") << kind.id;
      }
      if (ending == ".csv") {
        EXPECT_NE(bytes.find('\n'), std::string::npos) << kind.id;
      }
      if (ending == ".svg") {
        EXPECT_NE(bytes.find("</svg>\n"), std::string::npos) << kind.id;
      }
    }
  }
  EXPECT_GE(known, 9);
}

TEST_F(RunFigures, ALossPlotHasItsWidthItsTitlesAndItsNumbers) {
  FigureCommand command = asking("loss", ".svg");
  command.width = 85;
  const std::string svg = written(command);
  EXPECT_NE(svg.find("width=\"85mm\""), std::string::npos);
  for (const char* words : {">Flow loss<", ">optimiser step<", ">mean squared velocity error<", ">held out<"})
    EXPECT_NE(svg.find(words), std::string::npos) << words;
  const std::string csv = written(asking("loss", ".csv"));
  EXPECT_EQ(csv.substr(0, csv.find('\n')),
            "curve,step,training time (s),Flow loss (mean squared velocity error)");
  EXPECT_NE(csv.find("training,2,1,2\n"), std::string::npos) << csv;
}

TEST_F(RunFigures, RangesAndAxesAreThoseOfTheCommand) {
  FigureCommand command = asking("loss", ".csv");
  command.x = "2:3", command.axes = "log", command.raw = true, command.by_seconds = true;
  const auto plot = std::get<LabPlot>(run_plot(command, now_).panel.content);
  EXPECT_EQ(plot.x_low, 2);
  EXPECT_EQ(plot.x_high, 3);
  EXPECT_TRUE(plot.logarithmic_x && plot.logarithmic_y);
  EXPECT_EQ(plot.curves[0].x, (std::vector<float>{0.5f, 1, 2})) << "seconds";
  EXPECT_EQ(plot.curves.size(), 2u) << "no running mean";
  command.raw = false;
  EXPECT_TRUE(std::get<LabPlot>(run_plot(command, now_).panel.content).curves[0].faint);
  command.x = "0:3";
  EXPECT_TRUE(has(refusal(command), {"x=0:3", "above 0"}));
}

TEST_F(RunFigures, TheHeightIsThatOfTheCommandOrRefused) {
  FigureCommand command = asking("loss", ".svg");
  command.height = 60;
  EXPECT_NE(written(command).find("height=\"60mm\""), std::string::npos);
  command = asking("digits", ".svg");
  command.height = 60;
  EXPECT_TRUE(has(refusal(command), {"height", "width"}));
}

TEST_F(RunFigures, WhatCannotBeDrawnIsOneLine) {
  EXPECT_TRUE(has(refusal(asking("loss", ".gif")), {".gif", ".svg"}));
  EXPECT_TRUE(has(refusal(asking("lose", ".svg")), {"lose", "loss"}));
  EXPECT_TRUE(has(refusal(asking("sweep", ".svg")), {"sweep", "nothing to draw"}));
  FigureCommand command = asking("map", ".svg");
  command.x = "0:1";
  EXPECT_TRUE(has(refusal(command), {"map", "single plots"}));
  command = asking("loss", ".svg");
  for (const char* range : {"1", "2:1", "a:b", ":", "nan:1"}) {
    command.x = range;
    EXPECT_TRUE(has(refusal(command), {range, "LOW:HIGH"})) << range;
  }
  command = asking("loss", ".svg");
  command.palette = "pink";
  EXPECT_TRUE(has(refusal(command), {"pink", "grey"}));
  command = asking("loss", ".svg");
  command.file = (folder_ / "none" / "x.svg").string();
  EXPECT_THROW(write_run_figure(command, now_), RunError);
  if (!pdf_available()) {
    EXPECT_TRUE(has(refusal(asking("loss", ".pdf")), {"no cairo", ".svg"}));
  }
}

TEST_F(RunFigures, TheScreenPaletteIsDarkAndPrintIsWhite) {
  FigureCommand command = asking("loss", ".svg");
  EXPECT_NE(written(command).find("fill=\"#ffffff\""), std::string::npos);
  command.palette = "screen";
  EXPECT_NE(written(command).find("fill=\"#0f1216\""), std::string::npos);
}

}  // namespace
}  // namespace lf::figures
