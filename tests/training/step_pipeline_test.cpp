#include "training/step_pipeline.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <deque>

namespace lf::training {
namespace {

/// Records its input; the loss of step n is n.
class NotingEngine : public StepEngine {
 public:
  explicit NotingEngine(std::vector<int64_t>& lengths, int64_t& most_under_way)
      : lengths_(lengths), most_under_way_(most_under_way) {}
  void launch(int64_t first, const std::vector<StepPlan>& steps) override {
    EXPECT_EQ(first, next_);
    BurstOutcome burst;
    for (const StepPlan& plan : steps) {
      EXPECT_EQ(plan.update, next_ + 1);
      burst.steps.push_back({static_cast<double>(next_++), plan.rate});
    }
    lengths_.push_back(static_cast<int64_t>(steps.size()));
    bursts_.push_back(burst);
    most_under_way_ = std::max<int64_t>(most_under_way_, static_cast<int64_t>(bursts_.size()));
  }
  BurstOutcome receive() override {
    const BurstOutcome burst = bursts_.front();
    bursts_.pop_front();
    return burst;
  }
  int64_t most_steps() const override { return 16; }

 private:
  std::vector<int64_t>& lengths_;
  int64_t& most_under_way_;
  int64_t next_ = 0;
  std::deque<BurstOutcome> bursts_;
};

struct Bench {
  explicit Bench(double slice = 0.02)
      : pipeline(
            std::make_unique<NotingEngine>(lengths, under_way), 0,
            [](int64_t step) {
              return StepPlan{0.5, step + 1, 0, 0};
            },
            [this](const BurstOutcome&) { ++bursts; }, slice) {}
  std::vector<int64_t> lengths;
  int64_t under_way = 0, bursts = 0;
  StepPipeline pipeline;
};

TEST(StepPipeline, TellsEveryStepOnceAndInOrder) {
  Bench s;
  for (int64_t step = 0; step < 500; ++step) {
    ASSERT_TRUE(s.pipeline.advance_step(500));
    EXPECT_EQ(s.pipeline.outcome().loss, static_cast<double>(step));
    EXPECT_EQ(s.pipeline.told(), step + 1);
  }
  EXPECT_FALSE(s.pipeline.advance_step(500));
  EXPECT_TRUE(s.pipeline.idle());
  EXPECT_EQ(s.bursts, static_cast<int64_t>(s.lengths.size()));
}

TEST(StepPipeline, KeepsTwoBurstsUnderWayAndNoMore) {
  Bench s;
  for (int i = 0; i < 300; ++i) s.pipeline.advance_step(1000);
  EXPECT_EQ(s.under_way, 2);
  EXPECT_GT(s.pipeline.enqueued(), s.pipeline.told());
}

TEST(StepPipeline, BurstsGrowToWhatTheEngineAllowsWhereStepsAreShort) {
  Bench s;
  for (int i = 0; i < 400; ++i) s.pipeline.advance_step(1000);
  EXPECT_EQ(s.lengths.front(), 1);
  EXPECT_EQ(s.lengths.back(), 16);
}

TEST(StepPipeline, BurstsStaySingleWhereAStepFillsTheSlice) {
  Bench s(/*slice=*/0);
  for (int i = 0; i < 100; ++i) s.pipeline.advance_step(1000);
  EXPECT_EQ(*std::max_element(s.lengths.begin(), s.lengths.end()), 1);
}

TEST(StepPipeline, StopsAtTheEndItIsGiven) {
  Bench s;
  for (int i = 0; i < 37; ++i) EXPECT_TRUE(s.pipeline.advance_step(37));
  EXPECT_FALSE(s.pipeline.advance_step(37));
  EXPECT_EQ(s.pipeline.enqueued(), 37);
  EXPECT_TRUE(s.pipeline.advance_step(38));
}

TEST(StepPipeline, HeldItTellsWhatIsUnderWayAndRests) {
  Bench s;
  for (int i = 0; i < 200; ++i) s.pipeline.advance_step(1000);
  ASSERT_FALSE(s.pipeline.idle());
  const int64_t enqueued = s.pipeline.enqueued();
  s.pipeline.hold();
  while (!s.pipeline.idle()) ASSERT_TRUE(s.pipeline.advance_step(1000));
  EXPECT_EQ(s.pipeline.told(), enqueued);
  EXPECT_TRUE(s.pipeline.advance_step(1000)) << "a hold ends when it is idle";
}

}  // namespace
}  // namespace lf::training
