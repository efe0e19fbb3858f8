// A speedrun from start to end, on small digits with an untrained judge: trained, recorded, scored
// again.
#include <fstream>
#include <nlohmann/json.hpp>

#include "data/mnist.h"
#include "experiment_fixture.h"
#include "files/sha256.h"
#include "input_error_of.h"
#include "records/speedrun_record.h"
#include "run/run_files.h"
#include "test_paths.h"
#include "toy_judge.h"

namespace lf::jobs {
namespace {

using nlohmann::ordered_json;

class SpeedrunTest : public ExperimentTest {
 protected:
  static void TearDownTestSuite() {
    fs::remove_all(kept_);
    ExperimentTest::TearDownTestSuite();
  }
  void SetUp() override {
    ExperimentTest::SetUp();
    judge_ = save_judge("judge.safetensors", 5);
  }

  std::string save_judge(const std::string& name, uint64_t seed) const {
    const files::Dataset digits = data::load_idx_folder(data_);
    const metrics::Judge toy = toy_judge(digits.train, seed);
    metrics::JudgeFacts facts = toy.facts();
    facts.data_digest = digits.digest;
    metrics::Judge(toy.parameters(), facts).save(runs_ / name);
    return (runs_ / name).string();
  }

  std::unique_ptr<Workload> start_with(const std::string& judge) const {
    ExperimentOptions options;
    options.data = data_.string();
    options.runs = runs_.string();
    options.judge = judge;
    options.preset = "tiny";
    options.previews = options.open_model = options.allow_download = false;
    auto workload = worker::make_experiment(options);
    until(*workload, [](const Snapshot& s) { return s.run->phase == Phase::Idle; });
    workload->apply(SetCommand{"threads", "1"});  // two would wait for each other while other tests run
    workload->apply(SetCommand{"autoencoder.batch", "64"});
    workload->apply(SetCommand{"flow.batch", "64"});
    return workload;
  }

  static JobResult result_of(Workload& workload, const Command& command) {
    const size_t known = look(workload).results->results.size();
    workload.apply(command);
    return until(workload, [&](const Snapshot& s) { return s.results->results.size() > known; })
        .results->results.back();
  }

  std::string out() const { return (runs_ / "a").string(); }
  std::string record_file() const { return out() + "/speedrun.json"; }
  records::SpeedrunRecord record() const {
    return records::parse_record(run::read_text_file(record_file()), "record");
  }
  void rewrite(const records::SpeedrunRecord& record) const {
    files::write_file_atomically(record_file(), records::record_text(record));
  }
  JobResult run_anew() {
    return result_of(*start_with(judge_), SpeedrunCommand{900, Budget{0, 6, 0, 0}, out()});
  }
  /// A run's folder, made by the first test that needs it; scoring takes most of a test's time.
  void ran() {
    if (kept_.empty()) {
      kept_ = fresh_folder("speedrun-kept");
      run_anew();
      fs::copy(out(), kept_ / "a", fs::copy_options::recursive);
    } else {
      fs::copy(kept_ / "a", out(), fs::copy_options::recursive);
    }
  }
  JobResult verified(const std::string& judge = "") {
    return result_of(*start_with(judge.empty() ? judge_ : judge), VerifySpeedrunCommand{record_file()});
  }

  static inline fs::path kept_;
  std::string judge_;
};

TEST_F(SpeedrunTest, TheConstantsOfTheRulesAreThoseOfTheFiles) {
  std::array<std::string, 4> digests;
  for (size_t i = 0; i < digests.size(); ++i) digests[i] = data::mnist_files()[i].sha256;
  EXPECT_EQ(data::dataset_digest(digests), kSpeedrunData);
  EXPECT_EQ(files::sha256_hex(files::read_file(fs::path(ASSETS) / "judge.safetensors", 1 << 20)),
            kSpeedrunJudge);
}

TEST_F(SpeedrunTest, RecordsARunThatCanBeVerifiedAndReplayed) {
  const JobResult run = run_anew();
  ASSERT_FALSE(run.passed) << "a judge with random weights reads no class";
  EXPECT_NE(run.text.find("not reached: FD 900 % ("), std::string::npos) << run.text;
  const records::SpeedrunRecord r = record();
  ASSERT_EQ(r.entries.size(), 1u);
  const records::SpeedrunEntry& entry = r.entries.front();
  EXPECT_EQ(entry.folder, "fd-900");
  EXPECT_EQ(entry.flow_steps, 6);
  EXPECT_EQ(entry.settings.at("flow.batch"), "64");
  EXPECT_GT(entry.elapsed, 0);
  EXPECT_EQ(r.evaluations, 8);
  EXPECT_EQ(r.data_digest, data::load_idx_folder(data_).digest);
  EXPECT_EQ(r.judge_digest, files::sha256_hex(files::read_file(judge_, 1 << 20)));
  EXPECT_GT(r.memory_gb, 0);
  const auto report = ordered_json::parse(run::read_text_file(runs_ / "a" / "fd-900" / "report.json"));
  EXPECT_EQ(report["seconds"].get<double>(), entry.seconds) << "the seconds are those of the report";
  EXPECT_EQ(report["fd"].get<double>(), entry.score.fd);

  const JobResult again = verified();
  EXPECT_TRUE(again.passed) << again.text;
  EXPECT_NE(again.text.find("the record is valid"), std::string::npos);
  EXPECT_EQ(ordered_json::parse(again.json.front())["fd"].get<double>(), entry.score.fd)
      << "the same samples";
  const JobResult replay = result_of(*start_with(judge_), ReplayCommand{out() + "/fd-900"});
  EXPECT_TRUE(replay.passed) << replay.text;
}

TEST_F(SpeedrunTest, AnotherScoreThanTheModelHasDoesNotHold) {
  ran();
  records::SpeedrunRecord claimed = record();
  claimed.entries[0].score.fd *= 0.5;
  rewrite(claimed);
  const JobResult lower = verified();
  EXPECT_FALSE(lower.passed);
  EXPECT_NE(lower.text.find("is not valid"), std::string::npos) << lower.text;
  claimed = record();
  claimed.entries[0].score = {5, 0.9, 0};
  claimed.entries[0].target = 6;
  rewrite(claimed);
  EXPECT_FALSE(verified().passed);
  const JobResult second = verified(save_judge("second.safetensors", 6));
  EXPECT_FALSE(second.passed) << "a second judge sees no digits either";
  EXPECT_NE(second.text.find("by a second classifier"), std::string::npos) << second.text;
}

TEST_F(SpeedrunTest, OnlyTheRecordedModelIsJudged) {
  ran();
  const records::SpeedrunRecord sound = record();
  records::SpeedrunRecord other = sound;
  other.entries[0].model = std::string(64, '0');
  rewrite(other);
  EXPECT_TRUE(has(input_error_of([&] { verified(); }), {"fd-900/model.safetensors", "SHA-256"}));
  other = sound;
  other.entries[0].flow_steps = 5;
  rewrite(other);
  EXPECT_TRUE(has(input_error_of([&] { verified(); }), {"other steps than recorded"}));
  other = sound;
  other.data_digest = kSpeedrunData;
  rewrite(other);
  EXPECT_TRUE(has(input_error_of([&] { verified(); }), {"cannot verify", "--data"}));
}

TEST_F(SpeedrunTest, WhatTheRulesDoNotAllowIsRefusedBeforeTraining) {
  const auto refused = [&](const SpeedrunCommand& command, const SetCommand& set = {"seed", "1"}) {
    auto workload = start_with(judge_);
    workload->apply(set);
    return input_error_of([&] { workload->apply(command); });
  };
  const Budget six{0, 6, 0, 0};
  EXPECT_TRUE(
      has(refused({900, six, out()}, {"sampler.steps", "9"}), {"9 steps of euler take 9", "allow 8"}));
  EXPECT_TRUE(
      has(refused({900, six, out()}, {"sampler.solver", "dopri5"}), {"dopri5 chooses its own steps"}));
  EXPECT_TRUE(has(refused({0, six, out()}), {"a budget is for one target"}));
  EXPECT_TRUE(has(refused({900, Budget{0, 0, 0, 5}, out()}), {"fixed before it begins"}));
  EXPECT_TRUE(has(refused({6, {}, out()}), {"preset fast, not of tiny", "seconds or steps"}));
  EXPECT_FALSE(fs::exists(out())) << "no folder is made for what is refused";
  ran();
  EXPECT_TRUE(has(refused({900, six, out()}), {"already holds a speedrun.json"}));
  auto without = start();
  EXPECT_TRUE(has(input_error_of([&] {
                    without->apply(SpeedrunCommand{900, six, ""});
                  }),
                  {"speedrun", "judge"}));
}

TEST_F(SpeedrunTest, ACancelledRunLeavesNoRecord) {
  auto workload = start_with(judge_);
  workload->apply(SpeedrunCommand{900, Budget{0, 400, 0, 0}, out()});
  for (int slice = 0; slice < 20; ++slice) workload->advance();
  EXPECT_NE(look(*workload).job->name.find("speedrun: FD 900 %"), std::string::npos);
  workload->apply(CancelCommand{});
  EXPECT_FALSE(workload->advance());
  EXPECT_FALSE(fs::exists(out())) << "nothing is left of it";
}

}  // namespace
}  // namespace lf::jobs
