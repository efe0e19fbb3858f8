// `lab`: every tool to its end, without a window.
#include "lab/lab.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "files/image/png.h"
#include "files/image/read_image.h"
#include "input_error_of.h"
#include "jobs/job.h"
#include "lab/ghost/result.h"
#include "lab/tools.h"
#include "lab_digits.h"
#include "random_model.h"
#include "sliced_work.h"
#include "temporary_folder.h"
#include "toy_judge.h"

namespace lf::jobs {
namespace {

std::string file_text(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

class LabJobTest : public ::testing::Test {
 protected:
  LabJobTest() {
    model->flow_steps = 10;
    metrics::JudgeFacts facts;
    facts.data_digest = "toy";
    judge = std::make_shared<metrics::Judge>(random_judge_weights(5), facts);
  }
  std::unique_ptr<SlicedJob> begin(const LabRunCommand& command) {
    return make_lab_job(*model, with_data ? &data : nullptr, judge, command);
  }
  JobResult run(const LabRunCommand& command) {
    const auto job = begin(command);
    complete_watched(*job);
    return job->finish();
  }
  LabRunCommand asking(const std::string& tool, const std::string& file = "") {
    LabRunCommand command;
    command.tool = tool;
    if (!file.empty()) command.out = (folder / file).string();
    return command;
  }
  std::string refusal(const LabRunCommand& command) {
    return input_error_of([&] {
      const auto job = begin(command);
      complete_watched(*job);
      job->finish();
    });
  }

  testing::TemporaryFolder folder;
  bool with_data = true;
  data::DataTensors data = lab_digits(300, 90);
  std::shared_ptr<const metrics::Judge> judge;
  std::unique_ptr<inference::Model> model = random_model();
};

TEST_F(LabJobTest, EveryToolGivesAnImageATableAndAnAnswer) {
  for (const LabToolInfo& tool : lab_tools()) {
    LabRunCommand command = asking(tool.id, tool.id + ".png");
    // An exact trace takes 64 derivatives, so a few digits are enough here.
    if (tool.id == "likelihood") command.arguments = {{"digits", "40"}, {"exact", "4"}, {"probes", "2"}};
    const JobResult drawn = run(command);
    ASSERT_EQ(drawn.paths.size(), 1u) << tool.id;
    const files::Image8 image = files::read_image(drawn.paths[0]);
    EXPECT_EQ(image.width, 2000) << tool.id;
    EXPECT_GT(image.height, 500) << tool.id;
    EXPECT_GT(image.pixels[0], 200) << "a light ground";
    const auto summary = nlohmann::json::parse(drawn.json.at(0));
    EXPECT_EQ(summary["tool"], tool.id);
    EXPECT_GT(summary["answer"].get<std::string>().size(), 20u) << tool.id;
    EXPECT_EQ(drawn.table.at(1), summary["answer"]);
    EXPECT_GT(summary["rows"], 0) << tool.id;
    if (tool.needs != LabToolInfo::Needs::DataAlone && tool.id != "ghost")
      continue;  // one way to write them all
    command.out = (folder / (tool.id + ".csv")).string();
    const JobResult written = run(command);
    const std::string csv = file_text(written.paths.at(0));
    EXPECT_EQ(std::count(csv.begin(), csv.end(), '\n'), summary["rows"].get<int64_t>() + 1) << tool.id;
  }
}

TEST_F(LabJobTest, ItIsTheLabsAnswer) {
  lab::Lab lab;
  lab.set_model(model.get());
  lab.set_judge(judge);
  lab.set_options({5, 3, 2, false});
  lab.open("ghost", {{"unlabelled", "off"}});
  while (lab.due()) lab.advance();
  LabRunCommand command = asking("ghost", "ghost.csv");
  command.seed = 5, command.digit = 3, command.guidance = 2;
  command.arguments = {{"unlabelled", "off"}};
  run(command);
  EXPECT_EQ(file_text(command.out), lab_table(*lab.block()).csv());
}

TEST_F(LabJobTest, TheOtherHalfOfTheCouplingToolIsDrawnToo) {
  LabRunCommand command = asking("coupling", "reflow.png");
  command.arguments = {{"show", "reflow"}};
  EXPECT_NE(run(command).table.at(1).find("Euler step"), std::string::npos);
}

TEST_F(LabJobTest, WithoutAFileItOnlyAnswers) {
  const JobResult result = run(asking("solvers"));
  EXPECT_TRUE(result.paths.empty());
  EXPECT_EQ(result.table.size(), 2u);
}

TEST_F(LabJobTest, RefusesWhatCannotBeAnswered) {
  EXPECT_NE(refusal(asking("crystal-ball")).find("known are ghost"), std::string::npos);
  EXPECT_NE(refusal(asking("ghost", "x.bmp")).find(".png, .svg, .pdf"), std::string::npos);
  EXPECT_NE(refusal(asking("ghost", "x.gif")).find("field and interpolation do"), std::string::npos);
  LabRunCommand odd = asking("ghost");
  odd.arguments = {{"colour", "red"}};
  EXPECT_NE(refusal(odd).find("known are unlabelled"), std::string::npos);
  judge = nullptr;
  EXPECT_NE(refusal(asking("ghost")).find("classifier"), std::string::npos);
  with_data = false;
  EXPECT_NE(refusal(asking("map")).find("digits"), std::string::npos);
  model->flow_steps = 0;
  EXPECT_NE(refusal(asking("solvers")).find("not been trained"), std::string::npos);
  with_data = true;
  EXPECT_EQ(folder.count(), 0u) << "nothing is written";
  EXPECT_EQ(run(asking("map")).table.size(), 2u) << "the map shows latents, which need no flow";
}

}  // namespace
}  // namespace lf::jobs
