#include "base/errors.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace lf {
namespace {

TEST(Errors, AreOneLineWhateverTheyQuote) {
  EXPECT_STREQ(InputError("unknown tensor 'a\nb\r\tc\x1b[31m'").what(), "unknown tensor 'a b  c [31m'");
  EXPECT_STREQ(RunError("the disk is full\n\n").what(), "the disk is full");
  EXPECT_STREQ(InputError("Größe × 4 …").what(), "Größe × 4 …");
}

TEST(Errors, AreCutBetweenLettersWhereTheyAreTooLong) {
  std::string letters = "x";
  while (letters.size() < 2 * kMostErrorBytes) letters += "ä";
  const std::string cut = InputError(letters).what();
  EXPECT_LT(cut.size(), kMostErrorBytes + 8);
  EXPECT_EQ(cut.substr(cut.size() - 5), "ä…");
}

}  // namespace
}  // namespace lf
