// The choice of the judge for a data set.
#include "library/judge_shelf.h"

#include <gtest/gtest.h>

#include <fstream>

#include "data/mnist.h"
#include "experiment_fixture.h"
#include "input_error_of.h"
#include "jobs/job.h"
#include "scoped_environment.h"
#include "toy_digits.h"
#include "toy_judge.h"

namespace lf::library {
namespace {

/// A judge of the digits with this digest.
metrics::Judge judge_of(const std::string& digest, uint64_t seed) {
  const metrics::Judge toy = toy_judge(toy_digits(300, 1), seed);
  metrics::JudgeFacts facts = toy.facts();
  facts.data_digest = digest;
  return metrics::Judge(toy.parameters(), facts);
}

class JudgeShelfTest : public ExperimentTest {
 protected:
  void SetUp() override {
    ExperimentTest::SetUp();
    for (const char* name : {"kept", "assets"}) fs::create_directories(runs_ / name);
  }
  /// A shelf on the folders of this test; `named` may be "".
  JudgeShelf shelf(const std::string& named = "") const {
    return JudgeShelf({named, (runs_ / "kept").string(), (runs_ / "assets").string()});
  }
  std::string put(const std::string& file, const std::string& digest, uint64_t seed) const {
    judge_of(digest, seed).save(runs_ / file);
    return (runs_ / file).string();
  }
  static files::Dataset digits(const std::string& digest) {
    files::Dataset dataset;
    dataset.name = "letters", dataset.source = "/data/my letters", dataset.digest = digest;
    return dataset;
  }
};

TEST_F(JudgeShelfTest, TheNamedOneComesBeforeTheKeptOneAndThatBeforeTheShippedOne) {
  put("assets/judge.safetensors", "aa", 1);
  EXPECT_EQ(shelf().find("aa")->name(), judge_of("aa", 1).name());
  put("kept/aa.safetensors", "aa", 2);
  EXPECT_EQ(shelf().find("aa")->name(), judge_of("aa", 2).name());
  EXPECT_EQ(shelf(put("j.safetensors", "aa", 3)).find("aa")->name(), judge_of("aa", 3).name());
  EXPECT_EQ(shelf().find("bb"), nullptr);
  EXPECT_EQ(shelf().find(""), nullptr);
}

TEST_F(JudgeShelfTest, AJudgeOfOtherDigitsIsPassedOverAndNamed) {
  put("kept/aa.safetensors", "aa", 2);
  JudgeShelf judges = shelf(put("j.safetensors", "bb", 3));
  EXPECT_EQ(judges.find("aa")->name(), judge_of("aa", 2).name());
  EXPECT_TRUE(
      has(judges.named_problem(digits("aa")), {"--judge", "j.safetensors", "other digits", "letters"}));
  EXPECT_EQ(judges.named_problem(digits("bb")), "");
  EXPECT_TRUE(judges.take_problems().empty());
}

TEST_F(JudgeShelfTest, ADamagedKeptJudgeMakesRoomForTheNextAndIsTold) {
  put("assets/judge.safetensors", "aa", 1);
  std::ofstream(runs_ / "kept" / "aa.safetensors") << "damaged";
  JudgeShelf judges = shelf();
  EXPECT_EQ(judges.find("aa")->name(), judge_of("aa", 1).name());
  const auto problems = judges.take_problems();
  ASSERT_EQ(problems.size(), 1u);
  EXPECT_TRUE(has(problems[0], {"aa.safetensors"}));
  judges.find("aa");
  EXPECT_TRUE(judges.take_problems().empty()) << "once";
}

TEST_F(JudgeShelfTest, AFileThatChangesIsSeenAfterARefreshAndAnOldJudgeStaysUsable) {
  put("kept/aa.safetensors", "aa", 1);
  JudgeShelf judges = shelf();
  const metrics::Judge* first = judges.find("aa").get();
  judges.refresh();
  EXPECT_EQ(judges.find("aa").get(), first) << "the same file, the same object";
  put("kept/aa.safetensors", "aa", 2);
  EXPECT_EQ(judges.find("aa").get(), first);
  judges.refresh();
  EXPECT_EQ(judges.find("aa")->name(), judge_of("aa", 2).name());
  EXPECT_EQ(first->name(), judge_of("aa", 1).name()) << "pictures may still be drawn with it";
}

TEST_F(JudgeShelfTest, ADigestOutOfAStrangersModelLeadsNowhereElse) {
  put("j.safetensors", "../j", 1);
  EXPECT_TRUE(kept_judge_file("kept", "../j").empty());
  EXPECT_TRUE(kept_judge_file("kept", std::string(5000, 'a')).empty());
  EXPECT_TRUE(kept_judge_file("", "aa").empty());
  EXPECT_EQ(shelf().find("../j"), nullptr);
}

TEST_F(JudgeShelfTest, WhoHasNoJudgeIsToldTheCommandThatTrainsOne) {
  EXPECT_TRUE(has(shelf().why_none(digits("aa")),
                  {"letters", "latentflow judge --data \"/data/my letters\" --out judge.safetensors"}));
  put("assets/judge.safetensors", "bb", 1);
  EXPECT_TRUE(has(shelf().why_none(digits("aa")), {"other digits than letters", "latentflow judge"}));
}

/// The effect of `latentflow judge` on the other commands.
class OwnJudge : public JudgeShelfTest {
 protected:
  ExperimentOptions options(bool window) const {
    ExperimentOptions o;
    o.data = data_.string();
    o.runs = (runs_ / "runs").string();
    o.judges = (runs_ / "kept").string();
    o.assets = (runs_ / "assets").string();
    o.preset = "tiny";
    o.previews = o.falls_back = window;
    o.allow_download = false;
    return o;
  }
  static std::unique_ptr<Workload> started(const ExperimentOptions& options) {
    auto workload = worker::make_experiment(options);
    until(*workload, [](const Snapshot& s) { return s.run->phase == Phase::Idle; });
    return workload;
  }
  static JobResult result_of(Workload& workload, const Command& command) {
    workload.apply(command);
    return until(workload, [](const Snapshot& s) { return !s.results->results.empty(); })
        .results->results.back();
  }
  std::string digest() const { return data::load_idx_folder(data_).digest; }
};

TEST_F(OwnJudge, IsKeptByTheDigestOfItsDigitsAndScoresThem) {
  const auto trainer = started(options(false));
  EXPECT_FALSE(look(*trainer).quality->judge_available);
  const auto wrote = result_of(*trainer, JudgeCommand{1, (runs_ / "own.safetensors").string()});
  EXPECT_TRUE(has(wrote.text, {"own.safetensors", digest() + ".safetensors", "from now on"}));
  EXPECT_TRUE(look(*trainer).quality->judge_available) << "at once in the same session";
  const std::string name = metrics::Judge::load(runs_ / "own.safetensors").name();
  for (const bool window : {false, true}) {
    const auto other = started(options(window));
    EXPECT_TRUE(look(*other).quality->judge_available);
    EXPECT_EQ(look(*other).quality->judge, name);
  }
  const auto evaluated = started(options(false));
  const Snapshot done = train(*evaluated, (runs_ / "run").string());
  EXPECT_TRUE(done.quality->full.valid) << "a run's own score takes it, too";
}

TEST_F(OwnJudge, WhereItCannotBeKeptTheFileIsWrittenAndTheWayOnIsTold) {
  auto o = options(false);
  std::ofstream(runs_ / "file") << "in the folder's place";
  o.judges = (runs_ / "file" / "kept").string();
  const auto wrote = result_of(*started(o), JudgeCommand{1, (runs_ / "own.safetensors").string()});
  EXPECT_TRUE(has(wrote.text, {"not stored", "--judge"}));
  EXPECT_TRUE(fs::exists(runs_ / "own.safetensors"));
}

TEST_F(OwnJudge, ANamedOneOfOtherDigitsIsRefusedOrReplacedAndTold) {
  auto o = options(false);
  o.judge = put("j.safetensors", "bb", 3);
  EXPECT_TRUE(has(input_error_of([&] { started(o); }), {"--judge", "j.safetensors", "other digits"}));
  put("kept/" + digest() + ".safetensors", digest(), 2);
  o.previews = o.falls_back = true;
  const auto window = started(o);
  EXPECT_EQ(look(*window).quality->judge, judge_of("", 2).name());
  ASSERT_EQ(look(*window).notice->substitutes.size(), 1u);
  EXPECT_TRUE(has(look(*window).notice->substitutes[0].text,
                  {"--judge", "other digits", judge_of("", 2).name(), "is used instead"}));
}

TEST_F(OwnJudge, ANamedOneThatCannotBeReadIsRefusedOrReplaced) {
  std::ofstream(runs_ / "text.safetensors") << "this is no judge";
  for (const char* name : {"text.safetensors", "missing.safetensors", "kept"}) {
    SCOPED_TRACE(name);
    auto o = options(false);
    o.judge = (runs_ / name).string();
    EXPECT_TRUE(has(input_error_of([&] { started(o); }), {name}));
    o.previews = o.falls_back = true;
    const auto window = started(o);
    EXPECT_TRUE(has(look(*window).notice->substitutes.at(0).text, {name, "nothing is scored"}));
  }
}

TEST_F(OwnJudge, ANamedOneScoresBeforeTheKeptOne) {
  put("kept/" + digest() + ".safetensors", digest(), 2);
  auto o = options(false);
  o.judge = put("j.safetensors", digest(), 3);
  EXPECT_EQ(look(*started(o)).quality->judge, judge_of("", 3).name());
}

}  // namespace
}  // namespace lf::library
