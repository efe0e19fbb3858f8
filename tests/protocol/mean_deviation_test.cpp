// Mean and standard deviation, in closed form.
#include "protocol/mean_deviation.h"

#include <gtest/gtest.h>

#include <cmath>

namespace lf {
namespace {

TEST(MeanDeviation, IsThatOfASample) {
  const MeanDeviation all = mean_deviation({2, 4, 4, 4, 5, 5, 7, 9});
  EXPECT_DOUBLE_EQ(all.mean, 5);
  EXPECT_DOUBLE_EQ(all.deviation, std::sqrt(32.0 / 7));
  EXPECT_EQ(all.count, 8u);
  EXPECT_EQ(mean_deviation({3}).deviation, 0);
  EXPECT_EQ(mean_deviation({}).count, 0u);
}

TEST(MeanDeviation, TextSaysWhatIsKnown) {
  EXPECT_EQ(mean_text({}, 1, 2, "%"), "—");
  EXPECT_EQ(mean_text({0.5}, 100, 1, "%"), "50.0 %");
  EXPECT_EQ(mean_text({1, 3}, 1, 2, "%"), "2.00 ± 1.41 %");
}

}  // namespace
}  // namespace lf
