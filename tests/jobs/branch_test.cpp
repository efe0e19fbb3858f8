// A branch begins with the exact state of its parent.
#include <nlohmann/json.hpp>

#include "experiment_fixture.h"
#include "input_error_of.h"
#include "records/provenance.h"
#include "run/folder.h"
#include "run/marks.h"
#include "run/run_files.h"

namespace lf::jobs {
namespace {

class Branch : public ExperimentTest {
 protected:
  std::string parent() const { return folder("a"); }
  std::string folder(const std::string& name) const { return (runs_ / name).string(); }

  Snapshot branch(const BranchCommand& command) {
    const auto workload = start();
    workload->apply(command);
    return until(*workload,
                 [](const Snapshot& s) { return s.run->phase == Phase::Done || s.notice->errors > 0; });
  }
  BranchCommand at(int64_t step, const std::string& name, const std::string& settings = "") const {
    BranchCommand command;
    command.folder = parent();
    command.step = step;
    command.settings = settings;
    command.out = folder(name);
    return command;
  }
  static std::vector<uint8_t> model_bytes(const std::string& run) {
    return files::read_file(run + "/model.safetensors", UINT64_MAX);
  }
  static nlohmann::ordered_json report(const std::string& run) {
    return nlohmann::ordered_json::parse(run::read_text_file(run + "/report.json"));
  }
  static JobResult replay(Workload& workload, const std::string& run) {
    const size_t known = look(workload).results->results.size();
    workload.apply(ReplayCommand{run});
    return until(workload, [&](const Snapshot& s) { return s.results->results.size() > known; })
        .results->results.back();
  }
};

TEST_F(Branch, WithTheSameSettingsEndsInTheBytesOfItsParent) {
  train(*start(), parent());
  for (const int64_t step : {0, 3, 7, 12}) {
    const std::string name = "b" + std::to_string(step);
    branch(at(step, name));
    EXPECT_EQ(model_bytes(folder(name)), model_bytes(parent())) << "from step " << step;
    EXPECT_EQ(run::Marks(folder(name)).steps(), run::Marks(parent()).steps());
    EXPECT_EQ(report(folder(name))["parent"], "a");
    EXPECT_EQ(report(folder(name))["branch_step"], step);
  }
}

TEST_F(Branch, WithAnotherLearningRateDiffersFromThatStepOn) {
  train(*start(), parent());
  branch(at(5, "b", "flow.lr=0.0001 flow.muon_lr=0.0001"));
  EXPECT_NE(model_bytes(folder("b")), model_bytes(parent()));
  const run::Marks before(parent()), after(folder("b"));
  for (const int64_t step : {0, 3, 5, 6, 12}) {
    char name[60];
    std::snprintf(name, sizeof name, "/marks/flow-%08lld.safetensors", static_cast<long long>(step));
    const bool same = files::read_safetensors(parent() + name).tensors.at("velocity.labels").bytes ==
                      files::read_safetensors(folder("b") + name).tensors.at("velocity.labels").bytes;
    EXPECT_EQ(same, step <= 5) << step;
  }
  EXPECT_EQ(inference::load_model(folder("b") + "/model.safetensors")->settings.flow.lr, 0.0001);
}

TEST_F(Branch, CanBeReplayedAndBranchedAgain) {
  train(*start(), parent());
  branch(at(4, "b", "flow.lr=0.001 seed=5 flow.decay=0.9"));
  const JobResult again = replay(*start(), folder("b"));
  EXPECT_TRUE(again.passed) << again.text;
  BranchCommand second = at(8, "c", "flow.label_drop=0.5");
  second.folder = folder("b");
  branch(second);
  EXPECT_TRUE(replay(*start(), folder("c")).passed);
  EXPECT_EQ(report(folder("c"))["parent"], "b");
  const auto provenance = records::parse_provenance(report(folder("c"))["course"].dump(), "report");
  ASSERT_TRUE(provenance.last_branch());
  EXPECT_EQ(provenance.last_branch()->settings, "flow.label_drop=0.5");
  EXPECT_EQ(provenance.last_branch()->settings_before, "flow.label_drop=0.1");
}

TEST_F(Branch, IsListedWithItsParent) {
  train(*start(), parent());
  branch(at(4, "b"));
  for (const RunSummary& run : run::list_runs(runs_, "")) {
    EXPECT_EQ(run.parent, run.name == "b" ? "a" : "");
    EXPECT_EQ(run.branch_step, run.name == "b" ? 4 : 0);
  }
}

TEST_F(Branch, OfAReflowNeedsTheModelItBeganWith) {
  const auto workload = start();
  train(*workload, folder("base"), 30);
  workload->apply(ReflowCommand{1000, Budget{0, 12, 0, 0}, parent()});
  until(*workload, [](const Snapshot& s) { return s.run->phase == Phase::Done; });
  EXPECT_TRUE(has(input_error_of([&] { start()->apply(at(5, "b")); }), {"reflow", "--from"}));
  EXPECT_TRUE(has(input_error_of([&] { start()->apply(at(5, "b", "seed=3")); }), {"seed", "reflow"}));
  BranchCommand command = at(5, "b");
  command.from = folder("base");
  branch(command);
  expect_same_weights("a", "b");
}

TEST_F(Branch, WhatCannotBeIsRefusedAndNothingIsMade) {
  train(*start(), parent());
  const auto refusal = [&](const BranchCommand& command) {
    return input_error_of([&] { start()->apply(command); });
  };
  EXPECT_TRUE(has(refusal(at(13, "b")), {"13", "has made 12"}));
  EXPECT_TRUE(has(refusal(at(3, "b", "flow.width=96")), {"flow.width", "flow.lr"}));
  EXPECT_TRUE(has(refusal(at(3, "a")), {"holds a run already"}));
  BranchCommand missing = at(3, "b");
  missing.folder = folder("none");
  EXPECT_TRUE(has(refusal(missing), {"none"}));
  EXPECT_FALSE(fs::exists(folder("b")));
}

TEST_F(Branch, AMachineThatTrainsOtherwiseMakesNone) {
  train(*start(), parent());
  files::Safetensors stored = files::read_safetensors(parent() + "/checkpoint.safetensors");
  auto& course = stored.tensors.at("state.run.course");
  auto provenance = records::parse_provenance({course.bytes.begin(), course.bytes.end()}, "checkpoint");
  for (auto& entry : provenance.entries)
    if (entry.what == records::ProvenanceEntry::What::Weights && entry.flow_step == 2)
      entry.digest = std::string(64, '0');
  const std::string text = records::provenance_text(provenance);
  course = files::TensorBytes{"U8", {static_cast<int64_t>(text.size())}, {text.begin(), text.end()}};
  files::write_safetensors(parent() + "/checkpoint.safetensors", stored);
  const std::string refused = error_of([&] { branch(at(5, "b")); });
  EXPECT_NE(refused.find("differ from the recorded ones at flow step 2"), std::string::npos) << refused;
  EXPECT_FALSE(fs::exists(folder("b")));
}

}  // namespace
}  // namespace lf::jobs
