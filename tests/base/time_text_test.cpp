#include "base/time_text.h"

#include <gtest/gtest.h>

namespace lf {
namespace {

TEST(TimeText, DurationsFromMillisecondsToDays) {
  EXPECT_EQ(spoken_duration(0.0391), "39 ms");
  EXPECT_EQ(spoken_duration(0.75), "0.8 s");
  EXPECT_EQ(spoken_duration(3600 * 26.0 - 1), "1 d 01 h");
  EXPECT_EQ(spoken_duration(937500 * 0.73), "7 d 22 h");
}

TEST(TimeText, ThousandsStandApart) {
  EXPECT_EQ(with_thousands(0), "0");
  EXPECT_EQ(with_thousands(999), "999");
  EXPECT_EQ(with_thousands(-1000), "-1,000");
  EXPECT_EQ(with_thousands(129534736), "129,534,736");
}

}  // namespace
}  // namespace lf
