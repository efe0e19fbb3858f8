#include "base/utf8.h"

#include <gtest/gtest.h>

namespace lf {
namespace {

TEST(Utf8, LettersStay) {
  for (const char* text :
       {"", "plain", "Größe", "\xED\x9F\xBF", "数字", "\xF0\x9F\x98\x80", "\xF4\x8F\xBF\xBF"})
    EXPECT_EQ(valid_utf8(text), text);
}

TEST(Utf8, BytesOfNoLetterAreReplaced) {
  EXPECT_EQ(valid_utf8("a\xFF"
                       "b"),
            "a?b");
  EXPECT_EQ(valid_utf8("cut \xC3"), "cut ?");
  EXPECT_EQ(valid_utf8("\xC0\xAF"), "??");            // overlong
  EXPECT_EQ(valid_utf8("\xE0\x9F\xBF"), "???");       // overlong
  EXPECT_EQ(valid_utf8("\xED\xA0\x80"), "???");       // half of a pair
  EXPECT_EQ(valid_utf8("\xF4\x90\x80\x80"), "????");  // above the last letter
  EXPECT_EQ(valid_utf8("\xF0\x9F\x98"), "???");
}

}  // namespace
}  // namespace lf
