#include "base/number_text.h"

#include <gtest/gtest.h>

#include <limits>

namespace lf {
namespace {

TEST(NumberText, ReadsBackAsTheSameNumber) {
  for (const double value : {0.0, 1.0, -2.5, 0.1, 0.0015, 1.0 / 3.0, 1e6, 1e-6, 123456789.125, 1e300}) {
    const auto text = number_text(value);
    EXPECT_EQ(text.find('e'), std::string::npos) << text;
    ASSERT_TRUE(parse_number(text).has_value()) << text;
    EXPECT_EQ(*parse_number(text), value);
  }
  EXPECT_EQ(number_text(0.0015), "0.0015");
  EXPECT_EQ(number_text(20), "20");
}

TEST(NumberText, TakesOnlyWholeTexts) {
  for (const char* text : {"", " 1", "1 ", "1s", "0x1", "nan", "inf", "1,5", "+-1", "1e400", "."}) {
    EXPECT_FALSE(parse_number(text).has_value()) << text;
  }
  EXPECT_EQ(parse_number("+1.5"), 1.5);
  EXPECT_EQ(parse_number(".5"), 0.5);
}

TEST(NumberText, IntegersAreExact) {
  EXPECT_EQ(parse_integer("9223372036854775807"), std::numeric_limits<int64_t>::max());
  EXPECT_EQ(parse_integer("-12"), -12);
  EXPECT_EQ(parse_integer("1e4"), 10000);
  for (const char* text : {"1.5", "9223372036854775808", "1e300", "ten"}) {
    EXPECT_FALSE(parse_integer(text).has_value()) << text;
  }
}

TEST(NumberText, SeedsUseAll64Bits) {
  EXPECT_EQ(parse_seed("18446744073709551615"), std::numeric_limits<uint64_t>::max());
  for (const char* text : {"-1", "1.0", "18446744073709551616", ""})
    EXPECT_FALSE(parse_seed(text).has_value());
}

TEST(NumberText, IsShortForDisplay) {
  EXPECT_EQ(short_number(1.19), "1.19");
  EXPECT_EQ(short_number(0.0015), "0.0015");
  EXPECT_EQ(short_number(23400), "23.4k");
  EXPECT_EQ(short_number(0), "0");
  EXPECT_EQ(fixed(-0.001, 2), "0.00");
  EXPECT_EQ(fixed(-1.5, 1), "−1.5");
}

}  // namespace
}  // namespace lf
