// `compare`: its files, and the step at which two runs diverge.
#include <nlohmann/json.hpp>

#include "experiment_fixture.h"
#include "files/image/read_image.h"
#include "input_error_of.h"
#include "run/run_files.h"

namespace lf::jobs {
namespace {

class CompareJobTest : public ExperimentTest {
 protected:
  std::string folder(const std::string& name) const { return (runs_ / name).string(); }
  JobResult compared(const CompareCommand& command) {
    const auto workload = start();
    workload->apply(command);
    return until(*workload, [](const Snapshot& s) { return !s.results->results.empty(); })
        .results->results.back();
  }
  CompareCommand asking(const std::string& a, const std::string& b, const std::string& out = "") const {
    CompareCommand command;
    command.first = folder(a);
    command.second = folder(b);
    if (!out.empty()) command.out = folder(out);
    command.count = 6;
    return command;
  }
};

TEST_F(CompareJobTest, NarrowingFindsTheStepOfABranch) {
  train(*start(), folder("a"));
  const auto workload = start();
  BranchCommand branch{folder("a"), 6, "flow.lr=0.0001", "", {}, folder("b")};
  workload->apply(branch);
  until(*workload, [](const Snapshot& s) { return s.run->phase == Phase::Done; });
  CompareCommand command = asking("a", "b");
  command.narrow = true;
  const JobResult made = compared(command);
  EXPECT_EQ(made.text,
            "Trained again step by step, their weights differ for the first time after flow step 7");
  command.second = folder("a");
  EXPECT_TRUE(has(input_error_of([&] { compared(command); }), {"nothing to narrow"}));
}

TEST_F(CompareJobTest, WritesAnImageATableAndAPage) {
  train(*start(), folder("a"));
  const auto workload = start();
  workload->apply(SetCommand{"flow.label_drop", "0.3"});
  train(*workload, folder("b&b"));
  compared(asking("a", "b&b", "x.png"));
  EXPECT_GT(files::read_image(runs_ / "x.png").width, 1000);
  compared(asking("a", "b&b", "x.csv"));
  EXPECT_NE(run::read_text_file(runs_ / "x.csv").find("Settings that differ,flow.label_drop,b&b,0.3"),
            std::string::npos);
  const JobResult made = compared(asking("a", "b&b", "x.html"));
  const std::string page = run::read_text_file(runs_ / "x.html");
  EXPECT_NE(page.find("b&amp;b"), std::string::npos);
  EXPECT_EQ(page.find("b&b"), std::string::npos);
  EXPECT_NE(page.find("data:image/png;base64,"), std::string::npos);
  EXPECT_EQ(page.find(runs_.string()), std::string::npos) << "a page names no folder of this machine";
  ASSERT_EQ(made.json.size(), 2u);
  const auto first = nlohmann::json::parse(made.json[0]), second = nlohmann::json::parse(made.json[1]);
  EXPECT_EQ(first["noise"], second["noise"]);
  EXPECT_EQ(second["settings"]["flow.label_drop"], "0.3");
  EXPECT_EQ(second["same_weights"], false);
}

TEST_F(CompareJobTest, WhatCannotBeComparedIsRefused) {
  train(*start(), folder("a"));
  EXPECT_TRUE(has(input_error_of([&] { start()->apply(asking("a", "a", "x.txt")); }), {".html"}));
  EXPECT_TRUE(has(input_error_of([&] { compared(asking("a", "gone")); }), {"gone"}));
}

}  // namespace
}  // namespace lf::jobs
