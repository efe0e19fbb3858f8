#include "base/printed.h"

#include <gtest/gtest.h>

namespace lf {
namespace {

TEST(Printed, IsWhatPrintfWrites) {
  EXPECT_EQ(printed("%.2f %s %lld", 1.005f, "of", 3ll), "1.00 of 3");
  EXPECT_EQ(printed("%s", ""), "");
}

TEST(Printed, CutsNothingOff) {
  for (const size_t length : {255u, 256u, 5000u}) {
    const std::string word(length, 'x');
    EXPECT_EQ(printed("%s.", word.c_str()), word + ".");
  }
}

}  // namespace
}  // namespace lf
