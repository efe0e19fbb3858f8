#include "metrics/class_statistics.h"

#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include <cmath>

namespace lf::metrics {
namespace {

at::Tensor digits(std::vector<int64_t> values) { return at::tensor(values); }
at::Tensor logits_for(std::vector<int64_t> seen) { return at::one_hot(digits(seen), 10).to(at::kFloat); }

TEST(ClassStatistics, CountHitsAndConfusions) {
  ClassStatistics statistics;
  statistics.add(digits({0, 1, 1}), logits_for({0, 1, 7}));
  statistics.add(digits({9}), logits_for({9}));
  EXPECT_EQ(statistics.count(), 4);
  EXPECT_DOUBLE_EQ(statistics.accuracy(), 0.75);
  EXPECT_DOUBLE_EQ(statistics.digit_accuracy()[1], 0.5);
  EXPECT_DOUBLE_EQ(statistics.digit_accuracy()[9], 1);
  EXPECT_TRUE(std::isnan(statistics.digit_accuracy()[4]));
  EXPECT_EQ(statistics.confusion()[1][7], 1);
  EXPECT_EQ(statistics.seen()[7], 1);
}

TEST(ClassStatistics, BalanceIsZeroForTheTrainingSharesAndSeesAMissingDigit) {
  std::array<int64_t, 10> train;
  train.fill(100);
  ClassStatistics balanced, missing;
  for (int64_t digit = 0; digit < 10; ++digit) {
    at::Tensor many = at::full({100}, digit, at::kLong);
    at::Tensor shown = at::full({100}, digit == 3 ? 5 : digit, at::kLong);
    balanced.add(many, at::one_hot(many, 10).to(at::kFloat));
    missing.add(many, at::one_hot(shown, 10).to(at::kFloat));
  }
  EXPECT_NEAR(balanced.kl_to(train), 0, 1e-12);
  // Shares with +1 smoothing: 1/1010 and 201/1010 instead of 101/1010.
  double expected = 1 / 1010. * std::log(1 / 101.) + 201 / 1010. * std::log(201 / 101.);
  EXPECT_NEAR(missing.kl_to(train), expected, 1e-12);
}

TEST(ClassStatistics, OfNothingAreZero) { EXPECT_EQ(ClassStatistics().accuracy(), 0); }

}  // namespace
}  // namespace lf::metrics
