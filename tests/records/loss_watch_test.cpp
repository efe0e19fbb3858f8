#include "records/loss_watch.h"

#include <gtest/gtest.h>

namespace lf::records {
namespace {

void add(LossWatch& watch, double loss, int steps) {
  for (int i = 0; i < steps; ++i) watch.add(loss);
}

TEST(LossWatch, AnOrdinaryLossIsNoNews) {
  LossWatch watch(1);
  add(watch, 1.05, 100);
  EXPECT_FALSE(watch.lost());
  add(watch, 0.3, 1000);
  watch.add(15);  // one bad batch
  EXPECT_FALSE(watch.lost());
  EXPECT_FALSE(watch.diverged());
}

TEST(LossWatch, AMeanThatStaysAboveIsLostThenDiverged) {
  LossWatch watch(1);
  add(watch, 0.5, 50);
  add(watch, 1.5, 60);
  EXPECT_TRUE(watch.lost());
  EXPECT_FALSE(watch.diverged());
  add(watch, 8, 20);
  EXPECT_TRUE(watch.diverged());
  EXPECT_NE(watch.words().find("untrained network, 1"), std::string::npos) << watch.words();
  add(watch, 0.5, 100);
  EXPECT_FALSE(watch.lost()) << "it came back";
}

TEST(LossWatch, WaitsForEnoughSteps) {
  LossWatch watch(1);
  add(watch, 50, 19);
  EXPECT_FALSE(watch.diverged());
  watch.add(50);
  EXPECT_TRUE(watch.diverged());
}

TEST(LossWatch, KnowsNothingWithoutAYardstick) {
  LossWatch watch;
  add(watch, 1e9, 100);
  EXPECT_FALSE(watch.lost() || watch.diverged());
}

}  // namespace
}  // namespace lf::records
