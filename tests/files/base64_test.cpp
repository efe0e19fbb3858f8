// The test vectors of RFC 4648, section 10.
#include "files/base64.h"

#include <gtest/gtest.h>

namespace lf::files {
namespace {

std::string encoded(const std::string& text) { return base64({text.begin(), text.end()}); }

TEST(Base64, GivesTheVectorsOfTheStandard) {
  EXPECT_EQ(encoded(""), "");
  EXPECT_EQ(encoded("f"), "Zg==");
  EXPECT_EQ(encoded("fo"), "Zm8=");
  EXPECT_EQ(encoded("foo"), "Zm9v");
  EXPECT_EQ(encoded("foob"), "Zm9vYg==");
  EXPECT_EQ(encoded("fooba"), "Zm9vYmE=");
  EXPECT_EQ(encoded("foobar"), "Zm9vYmFy");
  EXPECT_EQ(base64({0xff, 0xef, 0xbe}), "/+++");
}

}  // namespace
}  // namespace lf::files
