// A run keeps marks, and the window looks back at them.
#include <algorithm>
#include <fstream>

#include "experiment_fixture.h"
#include "models/weights/tensor_io.h"
#include "run/marks.h"

namespace lf::worker {
namespace {

class TimeLapseTest : public ExperimentTest {
 protected:
  /// A finished run of twelve steps with a window.
  std::unique_ptr<Workload> trained() {
    auto workload = start(/*previews=*/true);
    train(*workload, folder());
    return workload;
  }
  std::string folder() const { return (runs_ / "a").string(); }
  std::vector<int64_t> stored() const { return run::Marks(folder()).steps(); }
  fs::path file(int64_t step) const {
    char name[40];
    std::snprintf(name, sizeof name, "flow-%08lld.safetensors", static_cast<long long>(step));
    return runs_ / "a" / "marks" / name;
  }
  static Snapshot shown(Workload& workload, int64_t step) {
    workload.apply(ViewStepCommand{step});
    return until(workload, [&](const Snapshot& s) { return s.marks->shown && s.marks->chosen == step; });
  }
  static bool idle(const Snapshot& s) {
    return std::count(s.marks->drawn.begin(), s.marks->drawn.end(), 1) ==
           static_cast<std::ptrdiff_t>(s.marks->steps.size());
  }
};

TEST_F(TimeLapseTest, ARunKeepsMarksFromItsFirstStepToItsLast) {
  trained();
  std::vector<int64_t> all(13);
  for (size_t i = 0; i < all.size(); ++i) all[i] = static_cast<int64_t>(i);
  EXPECT_EQ(stored(), all) << "a short run has one for every step";
}

TEST_F(TimeLapseTest, AMarkIsTheRunAtThatStep) {
  trained();
  train_and_quit((runs_ / "b").string());  // at step 5
  const auto whole = files::read_safetensors(runs_ / "b" / "model.safetensors");
  const auto mark = files::read_safetensors(file(5));
  size_t compared = 0;
  for (const auto& [name, bytes] : mark.tensors) {
    if (bytes.dtype != "BF16") continue;
    const bool velocity = name.rfind("velocity.", 0) == 0;
    const std::string source = velocity ? "ema." + name.substr(9) : name;
    const at::Tensor expected =
        models::to_tensor(whole.tensors.at(source), source).to(at::kBFloat16).to(at::kFloat);
    EXPECT_TRUE(at::equal(models::to_tensor(bytes, name), expected)) << name;
    ++compared;
  }
  EXPECT_GT(compared, 20u);
}

TEST_F(TimeLapseTest, AResumedRunHasTheMarksOfAnUninterruptedOne) {
  trained();
  train_and_quit((runs_ / "b").string());
  EXPECT_EQ(run::Marks(runs_ / "b").last(), 5);
  resume_to_the_end((runs_ / "b").string());
  EXPECT_EQ(run::Marks(runs_ / "b").steps(), stored());
  for (const int64_t step : {3, 9, 12}) {
    const std::string name = file(step).filename().string();
    EXPECT_EQ(files::read_safetensors(runs_ / "b" / "marks" / name).tensors.at("latent.shift").bytes,
              files::read_safetensors(file(step)).tensors.at("latent.shift").bytes);
    for (const auto& [tensor, bytes] : files::read_safetensors(file(step)).tensors)
      EXPECT_EQ(files::read_safetensors(runs_ / "b" / "marks" / name).tensors.at(tensor).bytes, bytes.bytes);
  }
}

TEST_F(TimeLapseTest, AChosenStepIsShownWithTheSameNoiseAndTheWayBackIsFree) {
  const auto workload = trained();
  const Snapshot now = until(*workload, [](const Snapshot& s) { return s.flow->trained_step == 12; });
  EXPECT_EQ(now.marks->chosen, -1);
  const Snapshot past = shown(*workload, 4);
  EXPECT_EQ(past.flow->trained_step, 4);
  EXPECT_EQ(past.flow->seed, now.flow->seed);
  EXPECT_EQ(past.flow->labels.size(), static_cast<size_t>(past.flow->particles));
  EXPECT_NE(past.flow->version, now.flow->version);
  EXPECT_EQ(past.map, now.map) << "both lie on the same axes";
  workload->apply(ViewStepCommand{});
  const Snapshot again = look(*workload);
  EXPECT_EQ(again.flow, now.flow);
  EXPECT_EQ(again.marks->chosen, -1);
}

TEST_F(TimeLapseTest, ReconstructionsAreThoseOfTheStepToo) {
  const auto workload = trained();
  until(*workload, [](const Snapshot& s) { return s.reconstruction->psnr_count > 0; });
  workload->apply(ViewStepCommand{0});
  const Snapshot past = until(
      *workload, [](const Snapshot& s) { return !s.marks->drawn.empty() && s.marks->drawn.front() == 1; });
  EXPECT_GT(past.reconstruction->labels.size(), 5u);
  EXPECT_LE(past.reconstruction->trained_step, look(*workload).run->autoencoder_step);
  EXPECT_EQ(past.reconstruction->version >> 40, 1u) << "not the live one";
}

TEST_F(TimeLapseTest, TheOthersAreDrawnAheadOnceOneWasChosen) {
  const auto workload = trained();
  until(*workload, [](const Snapshot& s) { return s.flow->trained_step == 12; });
  while (workload->advance()) {
  }
  EXPECT_EQ(std::count(look(*workload).marks->drawn.begin(), look(*workload).marks->drawn.end(), 1), 0);
  shown(*workload, 6);
  until(*workload, idle);
  workload->apply(ViewStepCommand{11});
  EXPECT_TRUE(look(*workload).marks->shown) << "without a slice of work";
}

TEST_F(TimeLapseTest, OtherNoiseIsFollowed) {
  const auto workload = trained();
  shown(*workload, 6);
  workload->apply(SetCommand{"preview.seed", "99"});
  const Snapshot other =
      until(*workload, [](const Snapshot& s) { return s.marks->shown && s.flow->seed == 99; });
  EXPECT_EQ(other.flow->trained_step, 6);
}

TEST_F(TimeLapseTest, TheNearestMarkIsShownAndTheNewestWishWins) {
  const auto workload = trained();
  workload->apply(ViewStepCommand{2});
  workload->advance();
  workload->advance();
  workload->apply(ViewStepCommand{1000});
  const Snapshot last = until(*workload, [](const Snapshot& s) { return s.marks->shown; });
  EXPECT_EQ(last.flow->trained_step, 12);
}

TEST_F(TimeLapseTest, AnOpenedRunHasItsMarks) {
  trained();
  const auto other = start(/*previews=*/true);
  other->apply(OpenCommand{folder()});
  EXPECT_EQ(look(*other).marks->steps, stored());
  EXPECT_EQ(shown(*other, 3).flow->trained_step, 3);
}

TEST_F(TimeLapseTest, ADamagedMarkIsSaidAndTheRestWorks) {
  const auto workload = trained();
  std::ofstream(file(7)) << "damaged";
  workload->apply(ViewStepCommand{7});
  const Snapshot told = until(*workload, [](const Snapshot& s) { return s.notice->errors > 0; });
  EXPECT_NE(told.notice->error.find("flow-00000007"), std::string::npos) << told.notice->error;
  EXPECT_EQ(told.marks->chosen, -1);
  EXPECT_EQ(told.marks->steps.size(), 12u) << "it is offered no more";
  EXPECT_EQ(shown(*workload, 8).flow->trained_step, 8);
}

TEST_F(TimeLapseTest, WithoutMarksItSaysSo) {
  const auto workload = start(/*previews=*/true);
  workload->apply(SetCommand{"marks", "0"});
  train(*workload, folder());
  EXPECT_TRUE(stored().empty());
  EXPECT_NE(error_of([&] { workload->apply(ViewStepCommand{3}); }).find("has no marks"), std::string::npos);
}

TEST_F(TimeLapseTest, LookingBackChangesNothingOfTheRun) {
  trained();
  const auto watched = start(/*previews=*/true);
  watched->apply(SetCommand{"autoencoder.batch", "64"});
  watched->apply(SetCommand{"flow.batch", "64"});
  watched->apply(TrainCommand{"", Budget{0, 12, 0, 0}, (runs_ / "b").string(), false, true});
  until(*watched, [](const Snapshot& s) { return s.run->flow_step == 6; });
  watched->apply(ViewStepCommand{3});
  until(*watched, [](const Snapshot& s) { return s.run->phase == Phase::Done; });
  expect_same_weights("a", "b");
}

}  // namespace
}  // namespace lf::worker
