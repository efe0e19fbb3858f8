// A sweep from start to end on small digits with an untrained classifier: trained, recorded, stopped and
// continued, and the same as runs that are trained alone.
#include "protocol/sweep.h"

#include <fstream>

#include "data/mnist.h"
#include "experiment_fixture.h"
#include "records/sweep_record.h"
#include "run/run_files.h"
#include "small_disk.h"
#include "toy_judge.h"

namespace lf::jobs {
namespace {

constexpr const char* kPlan = R"({"preset": "tiny",
  "set": {"threads": 1, "autoencoder.batch": 64, "flow.batch": 64, "quality.final": 100, "marks": 2,
          "flow.lr": [0.001, 0.01]},
  "seeds": [1, 2], "steps": 6, "median_rule": RULE})";

std::string plan_text(bool rule = false) {
  std::string text = kPlan;
  return text.replace(text.find("RULE"), 4, rule ? "true" : "false");
}

class SweepTest : public ExperimentTest {
 protected:
  static void TearDownTestSuite() {
    fs::remove_all(kept_);
    ExperimentTest::TearDownTestSuite();
  }
  void SetUp() override {
    ExperimentTest::SetUp();
    const files::Dataset digits = data::load_idx_folder(data_);
    const metrics::Judge toy = toy_judge(digits.train, 5);
    metrics::JudgeFacts facts = toy.facts();
    facts.data_digest = digits.digest;
    metrics::Judge(toy.parameters(), facts).save(runs_ / "judge.safetensors");
  }

  std::unique_ptr<Workload> begin() const {
    ExperimentOptions options;
    options.data = data_.string();
    options.runs = runs_.string();
    options.judge = (runs_ / "judge.safetensors").string();
    options.preset = "tiny";
    options.previews = options.open_model = options.allow_download = false;
    auto workload = worker::make_experiment(options);
    until(*workload, [](const Snapshot& s) { return s.run->phase == Phase::Idle; });
    return workload;
  }
  SweepCommand command(const std::string& plan = plan_text()) const { return {"", plan, out().string()}; }
  static JobResult result_of(Workload& workload, const SweepCommand& command) {
    workload.apply(command);
    return until(workload, [](const Snapshot& s) { return !s.results->results.empty(); })
        .results->results.back();
  }
  /// Trains until so many runs have ended and the next one trains, and drops everything, as a kill does.
  void train_partly(size_t ended) const {
    const auto workload = begin();
    workload->apply(command());
    until(*workload,
          [&](const Snapshot& s) { return s.sweep && s.sweep->runs[ended].state == SweepState::Running; });
    for (int slice = 0; slice < 100; ++slice) workload->advance();
  }

  fs::path out() const { return runs_ / "a"; }
  records::SweepRecord record() const {
    return records::parse_sweep_record(run::read_text_file(out() / records::kSweepName), "record");
  }
  /// The undisturbed sweep, made by the first test that needs it.
  records::SweepRecord undisturbed() {
    if (kept_.empty()) {
      kept_ = fresh_folder("sweep-kept");
      result_of(*begin(), command());
      fs::copy(out(), kept_ / "a", fs::copy_options::recursive);
    } else {
      fs::copy(kept_ / "a", out(), fs::copy_options::recursive);
    }
    return record();
  }
  /// Everything but the seconds.
  static std::string lasting(records::SweepRecord record) {
    for (auto& run : record.runs) run.seconds = 0;
    record.started.clear();
    return records::sweep_record_text(record);
  }

  static inline fs::path kept_;
};

TEST_F(SweepTest, EveryRunIsTrainedScoredAndAnOrdinaryRun) {
  const records::SweepRecord r = undisturbed();
  ASSERT_EQ(r.runs.size(), 4u);
  for (const auto& run : r.runs) {
    EXPECT_EQ(run.state, SweepState::Done) << run.name;
    EXPECT_EQ(run.flow_steps, 6);
    EXPECT_GT(run.fd, 0);
    EXPECT_GT(run.psnr, 0);
    EXPECT_TRUE(fs::exists(out() / run.name / "checkpoint.safetensors"));
    EXPECT_TRUE(fs::exists(out() / run.name / "marks"));
    EXPECT_EQ(fs::file_size(out() / "samples" / (run.name + ".npy")), 128u + 10 * 784);
  }
  EXPECT_NE(r.runs[0].weights, r.runs[1].weights);
  EXPECT_NE(r.runs[0].weights, r.runs[2].weights);
  EXPECT_TRUE(fs::exists(out() / "sweep.csv"));
  EXPECT_TRUE(fs::exists(out() / "heat_map.png"));
}

TEST_F(SweepTest, ARunHasTheBytesOfOneThatIsTrainedAlone) {
  const records::SweepRecord r = undisturbed();
  const auto alone = begin();
  for (const char* line : {"set threads 1", "set autoencoder.batch 64", "set flow.batch 64",
                           "set quality.final 100", "set marks 2", "set flow.lr 0.01", "set seed 2"})
    alone->apply(parse_command(line));
  alone->apply(TrainCommand{"", Budget{0, 6, 0, 0}, (runs_ / "b").string(), false, true});
  until(*alone, [](const Snapshot& s) { return s.run->phase == Phase::Done; });
  EXPECT_EQ(run::read_text_file(out() / r.runs[3].name / "model.safetensors"),
            run::read_text_file(runs_ / "b" / "model.safetensors"));
}

TEST_F(SweepTest, AKilledSweepContinuesToTheSameRecord) {
  const std::string whole = lasting(undisturbed());
  fs::remove_all(out());
  train_partly(1);
  EXPECT_EQ(record().runs[0].state, SweepState::Done);
  const std::string first = run::read_text_file(out() / record().runs[0].name / "report.json");
  const auto again = begin();
  EXPECT_TRUE(result_of(*again, {out().string(), "", ""}).passed);
  EXPECT_EQ(lasting(record()), whole);
  EXPECT_EQ(run::read_text_file(out() / record().runs[0].name / "report.json"), first) << "not trained again";
}

TEST_F(SweepTest, TheMedianRuleStopsRunsAndSaysWhere) {
  std::string plan = plan_text(true);
  const std::string values = "[0.001, 0.01]";
  plan.replace(plan.find(values), values.size(), "[0.01, 0.009, 0.008, 0.000001]");
  plan.replace(plan.find("[1, 2]"), 6, "[1]");
  plan.replace(plan.find("\"steps\": 6"), 10, "\"steps\": 24");
  const JobResult result = result_of(*begin(), command(plan));
  const records::SweepRecord r = record();
  for (size_t i = 0; i < 3; ++i) {
    EXPECT_EQ(r.runs[i].state, SweepState::Done);
    EXPECT_EQ(r.runs[i].checks.size(), 3u);
  }
  EXPECT_TRUE(result.passed);
  ASSERT_EQ(r.runs[3].state, SweepState::Stopped) << r.runs[3].checks[0] << " " << r.runs[0].checks[0];
  EXPECT_LT(r.runs[3].flow_steps, 24);
  EXPECT_EQ(r.runs[3].fd, -1);
  EXPECT_TRUE(fs::exists(out() / r.runs[3].name / "checkpoint.safetensors")) << "it can be resumed";
}

TEST_F(SweepTest, ADivergedRunIsRecordedAndTheNextOneFollows) {
  const JobResult result = result_of(*begin(), command(R"({"preset": "tiny",
    "set": {"threads": 1, "autoencoder.batch": 64, "flow.batch": 64, "quality.final": 100, "marks": 2,
                 "flow.lr": 0.1, "flow.clip": 0, "flow.warmup": 0, "flow.weight_decay": 1, "flow.precondition": false},
    "table": [{"flow.muon_lr": 1, "flow.steps": 2000}, {"flow.muon_lr": 0.001, "flow.steps": 6}]})"));
  const records::SweepRecord r = record();
  EXPECT_EQ(r.runs[0].state, SweepState::Diverged) << sweep_state_text(r.runs[0]);
  EXPECT_NE(r.runs[0].note, "");
  EXPECT_FALSE(fs::exists(out() / r.runs[0].name));
  EXPECT_EQ(r.runs[1].state, SweepState::Done) << sweep_state_text(r.runs[1]);
  EXPECT_TRUE(result.passed);
}

TEST_F(SweepTest, WithSecondsTheFirstRunFixesTheStepsOfAll) {
  std::string plan = plan_text();
  plan.replace(plan.find("\"steps\": 6"), 10, "\"seconds\": 1");
  result_of(*begin(), command(plan));
  const records::SweepRecord r = record();
  EXPECT_GT(r.steps.flow_steps, 0);
  for (const auto& run : r.runs) {
    EXPECT_EQ(run.flow_steps, r.steps.flow_steps) << run.name;
    EXPECT_EQ(run.autoencoder_steps, r.steps.autoencoder_steps) << run.name;
  }
}

TEST_F(SweepTest, AnEstimateMakesNothing) {
  const auto workload = begin();
  const JobResult result = result_of(*workload, {"", plan_text(), "", true});
  const Snapshot shown = look(*workload);
  EXPECT_GT(shown.sweep->estimate.run_seconds, 0);
  EXPECT_GT(shown.sweep->estimate.bytes, 0);
  EXPECT_EQ(shown.sweep->runs.size(), 4u);
  EXPECT_EQ(result.text.rfind("4 runs, about ", 0), 0u) << result.text;
  EXPECT_FALSE(fs::exists(out()));
}

TEST_F(SweepTest, APlanMayHaveTheNameOfARecord) {
  std::ofstream(runs_ / "sweep.json") << plan_text();
  SweepCommand asked{(runs_ / "sweep.json").string(), "", (runs_ / "elsewhere").string()};
  asked.estimate = true;
  EXPECT_NE(result_of(*begin(), asked).text.find("4 runs"), std::string::npos);
}

TEST_F(SweepTest, MoreRunsThanTheDiskHoldsAreRefused) {
  const testing::SmallDisk disk(runs_ / "disk", 1 << 20);
  if (!disk.ready()) GTEST_SKIP() << "only root can mount a small disk";
  const auto workload = begin();
  const std::string error = error_of([&] {
    workload->apply(SweepCommand{"", plan_text(), (runs_ / "disk" / "a").string()});
  });
  EXPECT_NE(error.find("4 runs need about"), std::string::npos) << error;
  EXPECT_FALSE(fs::exists(runs_ / "disk" / "a"));
}

TEST_F(SweepTest, AStoredSweepIsShownWithItsSamples) {
  undisturbed();
  const auto workload = begin();
  workload->apply(ViewSweepCommand{out().string()});
  const Snapshot shown = look(*workload);
  ASSERT_TRUE(shown.sweep);
  EXPECT_EQ(shown.sweep->runs.size(), 4u);
  EXPECT_FALSE(shown.sweep->active);
  EXPECT_EQ(shown.sweep->summaries.size(), 2u);
  ASSERT_TRUE(shown.sweep->samples[3]);
  EXPECT_EQ(shown.sweep->samples[3]->count(), 10u);
}

TEST_F(SweepTest, OtherCommandsDoNotEndASweep) {
  const auto workload = begin();
  workload->apply(command());
  until(*workload,
        [](const Snapshot& s) { return s.sweep && s.sweep->runs[0].state == SweepState::Running; });
  for (const char* line : {"train", "step", "judge out=j.safetensors", "sweep plan={}", "open x"})
    EXPECT_NE(error_of([&] { workload->apply(parse_command(line)); }).find("a sweep is training"),
              std::string::npos)
        << line;
  EXPECT_TRUE(look(*workload).sweep->active);
  workload->apply(CancelCommand{});
  const Snapshot stopped = look(*workload);
  EXPECT_FALSE(stopped.sweep->active);
  EXPECT_EQ(stopped.sweep->runs[0].state, SweepState::Waiting);
  workload->apply(SweepCommand{out().string(), "", ""});
  EXPECT_TRUE(look(*workload).sweep->active) << "it continues";
}

TEST_F(SweepTest, BadRequestsAreRefusedBeforeAnythingIsMade) {
  const auto workload = begin();
  const auto error = [&](const SweepCommand& command) { return error_of([&] { workload->apply(command); }); };
  EXPECT_NE(error({}), "no error");
  EXPECT_NE(error({"x.json", plan_text(), ""}), "no error");
  EXPECT_NE(error({(runs_ / "no.json").string(), "", ""}), "no error");
  EXPECT_NE(error({runs_.string(), "", ""}).find("holds no sweep"), std::string::npos);
  EXPECT_NE(error(command("{\"seeds\": []}")).find("the plan, line 1"), std::string::npos);
  EXPECT_FALSE(fs::exists(out()));
  undisturbed();
  EXPECT_NE(error(command()).find("already holds a sweep"), std::string::npos);
  EXPECT_NE(error({out().string(), "", "elsewhere"}), "no error");
  std::string text = run::read_text_file(out() / "sweep.json");
  const std::string digest = record().data_digest;
  text.replace(text.find(digest), digest.size(), std::string(digest.size(), '0'));
  std::ofstream(out() / "sweep.json") << text;
  EXPECT_NE(error({out().string(), "", ""}).find("not on the digits in use"), std::string::npos);
}

}  // namespace
}  // namespace lf::jobs
