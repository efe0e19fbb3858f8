#include "files/event/crc32c.h"

#include <gtest/gtest.h>

#include <string>

#include "event_reader.h"

namespace lf::files {
namespace {

/// The check value of the polynomial, and the examples of RFC 3720, appendix B.4.
TEST(Crc32c, OfPublishedExamples) {
  EXPECT_EQ(crc32c(""), 0u);
  EXPECT_EQ(crc32c("123456789"), 0xE3069283u);
  EXPECT_EQ(crc32c(std::string(32, '\0')), 0x8A9136AAu);
  EXPECT_EQ(crc32c(std::string(32, '\xFF')), 0x62A8AB43u);
  std::string rising, falling;
  for (char i = 0; i < 32; ++i) {
    rising += i;
    falling += static_cast<char>(31 - i);
  }
  EXPECT_EQ(crc32c(rising), 0x46DD794Eu);
  EXPECT_EQ(crc32c(falling), 0x113FDB5Cu);
}

TEST(Crc32c, MaskedAsComputedBitByBit) {
  std::string bytes;
  for (int i = 0; i < 300; ++i) {
    EXPECT_EQ(masked_crc32c(bytes), testing::slow_masked_crc(bytes));
    bytes += static_cast<char>(i * 37);
  }
}

}  // namespace
}  // namespace lf::files
