// A stored run trained again: identical bytes, and the causes of differences.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "experiment_fixture.h"
#include "files/tensors/safetensors.h"
#include "input_error_of.h"
#include "records/provenance.h"
#include "run/environment.h"
#include "run/run_files.h"
#include "scoped_environment.h"
#include "test_paths.h"

namespace lf::jobs {
namespace {

class Replay : public ExperimentTest {
 protected:
  std::string run() const { return (runs_ / "a").string(); }

  static JobResult replay(Workload& workload, const ReplayCommand& command) {
    const size_t known = look(workload).results->results.size();
    workload.apply(command);
    const Snapshot done =
        until(workload, [&](const Snapshot& s) { return s.results->results.size() > known; });
    return done.results->results.back();
  }

  records::Provenance recorded() {
    const auto report = nlohmann::ordered_json::parse(run::read_text_file(runs_ / "a" / "report.json"));
    return records::parse_provenance(report["course"].dump(), "report");
  }

  /// Replaces the provenance in the checkpoint.
  void record(const records::Provenance& provenance) {
    const fs::path file = runs_ / "a" / "checkpoint.safetensors";
    files::Safetensors stored = files::read_safetensors(file);
    const std::string text = records::provenance_text(provenance);
    auto& tensor = stored.tensors.at("state.run.course");
    tensor = files::TensorBytes{"U8", {static_cast<int64_t>(text.size())}, {text.begin(), text.end()}};
    files::write_safetensors(file, stored);
  }

  static records::ProvenanceEntry& mark(records::Provenance& provenance, int64_t flow_step) {
    for (auto& entry : provenance.entries)
      if (entry.what == records::ProvenanceEntry::What::Weights && entry.flow_step == flow_step) return entry;
    ADD_FAILURE() << "no mark at flow step " << flow_step;
    return provenance.entries.front();
  }
};

TEST_F(Replay, GivesTheSameBytesAgain) {
  train(*start(), run());
  const JobResult again = replay(*start(), {run()});
  EXPECT_TRUE(again.passed) << again.text;
  // Autoencoder 1, 2, 3 (its encoder's last), 5, 10; flow 1, 2, 5, 10, 12.
  EXPECT_EQ(again.json.size(), 11u);
  EXPECT_EQ(again.text,
            "the run gives the same bytes again: 10 recorded steps agree after training 22 steps, and so do "
            "13 marks");
  EXPECT_EQ(look(*start()).run->flow_step, 0);
}

TEST_F(Replay, FollowsWhatTheRunWasToldOnItsWay) {
  auto workload = start();
  workload->apply(SetCommand{"autoencoder.batch", "64"});
  workload->apply(SetCommand{"flow.batch", "64"});
  workload->apply(TrainCommand{"", Budget{0, 12, 0, 0}, run(), false, true});
  until(*workload, [](const Snapshot& s) { return s.run->flow_step == 4; });
  workload->advance();  // a step is in progress when the learning rate falls
  workload->apply(PauseCommand{});
  workload->apply(ResumeCommand{{}, 0.5});
  until(*workload, [](const Snapshot& s) { return s.run->flow_step == 7; });
  workload->apply(QuitCommand{});
  workload = start();
  workload->apply(ResumeRunCommand{run(), Budget{0, 10, 0, 0}});
  until(*workload, [](const Snapshot& s) { return s.run->phase == Phase::Done && s.run->flow_step == 22; });
  const JobResult again = replay(*start(), {run()});
  EXPECT_TRUE(again.passed) << again.text;
  EXPECT_NE(again.text.find("after training 32 steps"), std::string::npos) << again.text;
  const records::Provenance provenance = recorded();
  size_t told = 0;
  for (const auto& entry : provenance.entries) told += entry.number > 0;
  EXPECT_EQ(told, 2u);
}

TEST_F(Replay, SaysWhereARunPartsFromItsRecord) {
  train(*start(), run());
  records::Provenance provenance = recorded();
  mark(provenance, 5).digest = std::string(64, '0');
  record(provenance);
  const JobResult again = replay(*start(), {run()});
  EXPECT_FALSE(again.passed);
  EXPECT_NE(again.text.find("differs from the run at flow step 5, after 6 recorded steps"), std::string::npos)
      << again.text;
  const JobResult part = replay(*start(), {run(), 8});  // five of the autoencoder, three of the flow
  EXPECT_TRUE(part.passed) << "the first steps are still the same";
}

TEST_F(Replay, AMarkWithOtherWeightsIsNoticed) {
  train(*start(), run());
  const fs::path marks = runs_ / "a" / "marks";
  fs::copy_file(marks / "flow-00000004.safetensors", marks / "flow-00000003.safetensors",
                fs::copy_options::overwrite_existing);
  const JobResult again = replay(*start(), {run()});
  EXPECT_FALSE(again.passed);
  EXPECT_NE(again.text.find("the mark of flow step 3"), std::string::npos) << again.text;
}

TEST_F(Replay, EndsWhereTheRunWentOnElsewhere) {
  train(*start(), run());
  records::Provenance provenance = recorded();
  records::ProvenanceEntry elsewhere = provenance.entries.front();
  ASSERT_EQ(elsewhere.what, records::ProvenanceEntry::What::Session);
  elsewhere.autoencoder_step = 5;  // five of its ten before the fifth flow step
  elsewhere.flow_step = 4;
  ++elsewhere.environment.threads;
  const auto after = std::find_if(provenance.entries.begin(), provenance.entries.end(),
                                  [](const records::ProvenanceEntry& e) { return e.flow_step > 4; });
  provenance.entries.insert(after, elsewhere);
  mark(provenance, 5).digest = std::string(64, '0');  // another machine's
  record(provenance);
  const JobResult again = replay(*start(), {run()});
  EXPECT_TRUE(again.passed) << again.text;
  EXPECT_NE(again.table.front().find("followed up to flow step 4, where the run was resumed with"),
            std::string::npos)
      << again.table.front();
}

TEST_F(Replay, AStepBeyondTheEndIsNotWaitedFor) {
  train(*start(), run());
  records::Provenance provenance = recorded();
  provenance.entries.back().flow_step = 1000;
  record(provenance);
  EXPECT_TRUE(replay(*start(), {run()}).passed);
}

TEST_F(Replay, AReflowNeedsTheModelItBeganWith) {
  const auto workload = start();
  train(*workload, (runs_ / "base").string(), 30);
  workload->apply(ReflowCommand{1000, Budget{0, 12, 0, 0}, run()});
  until(*workload, [](const Snapshot& s) { return s.run->phase == Phase::Done; });
  EXPECT_TRUE(has(input_error_of([&] { workload->apply(ReplayCommand{run()}); }), {"reflow", "--from"}));
  const JobResult again = replay(*start(), {run(), 0, (runs_ / "base").string()});
  EXPECT_TRUE(again.passed) << again.text;
  EXPECT_EQ(again.json.size(), 6u) << "flow 1, 2, 5, 10, 12, and the summary";
  EXPECT_TRUE(has(input_error_of([&] {
                    workload->apply(ReplayCommand{run(), 0, run()});
                  }),
                  {"did not start from"}));
}

TEST_F(Replay, OnAnAcceleratorToo) {
  const testing::ScopedEnvironment plugin("LATENTFLOW_CUDA", FAKE_PLUGIN);
  auto workload = start();
  workload->apply(SetCommand{"device", "cuda"});
  train(*workload, run(), 40);
  const JobResult again = replay(*start(), {run()});
  EXPECT_TRUE(again.passed) << again.text;
}

TEST_F(Replay, RefusesWhatCannotBeReplayed) {
  train(*start(), run());
  const auto workload = start();
  EXPECT_TRUE(has(input_error_of([&] { workload->apply(ReplayCommand{(runs_ / "none").string()}); }),
                  {"none", "checkpoint.safetensors"}));
  workload->apply(TrainCommand{"", Budget{0, 12, 0, 0}, (runs_ / "b").string(), false, true});
  EXPECT_TRUE(has(input_error_of([&] { workload->apply(ReplayCommand{run()}); }), {"pause it first"}));
  workload->apply(PauseCommand{});
  const fs::path file = runs_ / "a" / "checkpoint.safetensors";
  files::Safetensors stored = files::read_safetensors(file);
  stored.tensors.erase("state.run.course");
  files::write_safetensors(file, stored);
  EXPECT_TRUE(has(input_error_of([&] { workload->apply(ReplayCommand{run()}); }), {"earlier version"}));
}

TEST_F(Replay, ARunResumedElsewhereSaysSo) {
  train_and_quit(run());
  const fs::path file = runs_ / "a" / "checkpoint.safetensors";
  records::Provenance provenance = recorded();
  provenance.entries.front().environment.threads += 3;
  provenance.entries.front().environment.build = "another";
  record(provenance);
  const auto workload = start();
  workload->apply(ResumeRunCommand{run(), {}});
  const auto& said = look(*workload).run->announcements;
  ASSERT_EQ(said.size(), 1u);
  EXPECT_NE(said[0].find("another build of the program: it continues"), std::string::npos) << said[0];
  until(*workload, [](const Snapshot& s) { return s.run->phase == Phase::Done; });
  EXPECT_EQ(recorded().last_environment()->build, run::this_environment(nullptr, Settings("tiny")).build);
}

TEST(BuildIdentity, IsThatOfTheLinker) {
  const std::string identity = run::build_identity();
  EXPECT_TRUE(identity.empty() || identity.size() == 12) << identity;
  EXPECT_EQ(identity, run::build_identity());
}

}  // namespace
}  // namespace lf::jobs
