#include "records/label.h"

#include <gtest/gtest.h>

#include "base/errors.h"
#include "input_error_of.h"

namespace lf::records {
namespace {

TEST(LabelText, WhatIsWrittenIsReadBack) {
  const RunLabel label{"the best", "a \"note\" – 100 %", {"paper", "week 3"}, true};
  EXPECT_EQ(parse_label(label_text(label, ""), "f"), label);
  EXPECT_EQ(parse_label("{}", "f"), RunLabel());
}

TEST(LabelText, KeysOfOtherVersionsStay) {
  const std::string text = label_text({"new", "", {}, false}, "{\"colour\": \"red\", \"name\": \"old\"}");
  EXPECT_NE(text.find("\"colour\": \"red\""), std::string::npos);
  EXPECT_EQ(parse_label(text, "f").name, "new");
}

TEST(LabelText, DamagedTextIsRefusedWithItsFile) {
  const auto refused = [](const std::string& text) {
    return input_error_of([&] { parse_label(text, "the file"); });
  };
  EXPECT_TRUE(has(refused(""), {"the file: ", "not a JSON object"}));
  EXPECT_TRUE(has(refused("{\"star\": 3}"), {"'star' has another type"}));
  EXPECT_TRUE(has(refused("{\"tags\": [\"a,b\"]}"), {"comma"}));
  EXPECT_TRUE(has(refused("{\"name\": \"two\\nlines\"}"), {"name", "control character"}));
}

}  // namespace
}  // namespace lf::records
