// `likelihood` and `invert` as commands to the experiment: when they are allowed, and their
// results.
#include <nlohmann/json.hpp>

#include "experiment_fixture.h"
#include "input_error_of.h"

namespace lf::worker {
namespace {

class TwinsOfTheLab : public ExperimentTest {
 protected:
  /// The newest result of this verb, as the last JSON object it prints.
  static nlohmann::json answer(Workload& workload, const Command& command, const std::string& verb) {
    const size_t known = look(workload).results->results.size();
    workload.apply(command);
    const Snapshot done =
        until(workload, [&](const Snapshot& s) { return s.results->results.size() > known; });
    const JobResult& last = done.results->results.back();
    EXPECT_EQ(last.verb, verb);
    return nlohmann::json::parse(last.json.back());
  }
};

TEST_F(TwinsOfTheLab, NeedAModel) {
  const auto workload = start();
  EXPECT_TRUE(
      has(input_error_of([&] { workload->apply(LikelihoodCommand{}); }), {"likelihood needs a model"}));
  InvertCommand invert;
  invert.digit = 0;
  invert.out = (runs_ / "out").string();
  EXPECT_TRUE(has(input_error_of([&] { workload->apply(invert); }), {"invert needs a model"}));
  EXPECT_TRUE(fs::is_empty(runs_));
}

TEST_F(TwinsOfTheLab, AnswerForTheModelInHandAndNameTheDigits) {
  const auto workload = start();
  train(*workload, (runs_ / "a").string());
  LikelihoodCommand likelihood;
  likelihood.digits = 3;
  const auto bits = answer(*workload, likelihood, "likelihood");
  EXPECT_EQ(bits["digits"], 3);
  EXPECT_EQ(bits["data"].get<std::string>().find("learned from"), std::string::npos) << "its own digits";
  InvertCommand invert;
  invert.digit = 5;
  invert.out = (runs_ / "out").string();
  EXPECT_EQ(answer(*workload, invert, "invert")["label_source"], "data");
  for (const char* file : {"original.png", "noise.npy", "reconstruction.png"})
    EXPECT_TRUE(fs::exists(runs_ / "out" / file)) << file;

  // Other digits of the same form, with another digest.
  const fs::path others = fresh_folder("experiment-other-data");
  write_small_digits(others);
  files::write_file_atomically(others / "train-images-idx3-ubyte",
                               files::make_idx_images(data::make_stroke_digits(640, 1, 9).train));
  workload->apply(OpenCommand{others.string()});
  until(*workload, [](const Snapshot& s) { return s.run->phase != Phase::Loading; });
  EXPECT_TRUE(has(answer(*workload, likelihood, "likelihood")["data"].get<std::string>(), {"learned from"}));
  fs::remove_all(others);
}

TEST_F(TwinsOfTheLab, CancelledTheyLeaveNothing) {
  const auto workload = start();
  train(*workload, (runs_ / "a").string());
  LikelihoodCommand likelihood;
  likelihood.out = (runs_ / "bits.csv").string();
  const size_t known = look(*workload).results->results.size();
  workload->apply(likelihood);
  for (int slice = 0; slice < 5; ++slice) workload->advance();
  EXPECT_TRUE(look(*workload).job->active);
  workload->apply(CancelCommand{});
  while (workload->advance()) {
  }
  EXPECT_FALSE(look(*workload).job->active);
  EXPECT_EQ(look(*workload).results->results.size(), known);
  EXPECT_FALSE(fs::exists(runs_ / "bits.csv"));
}

}  // namespace
}  // namespace lf::worker
