#include "records/lined_json.h"

#include "input_error_of.h"

namespace lf::records {
namespace {

TEST(LinedJson, EveryPartKnowsItsLine) {
  const LinedJson root =
      parse_lined_json("{\n \"a\": 1,\n \"b\": [\n  2\n ,\"x\", true],\n \"c\": {}}\n", "f");
  EXPECT_EQ(root.find("a")->line, 2);
  EXPECT_EQ(root.find("a")->number, 1);
  const LinedJson& list = *root.find("b");
  EXPECT_EQ(list.line, 3);
  ASSERT_EQ(list.parts.size(), 3u);
  EXPECT_EQ(list.parts[0].second.line, 4) << "a number ends before the line break that ends it";
  EXPECT_EQ(list.parts[1].second.line, 5);
  EXPECT_EQ(list.parts[1].second.text, "x");
  EXPECT_TRUE(list.parts[2].second.on);
  EXPECT_EQ(root.find("c")->line, 6);
  EXPECT_EQ(root.find("d"), nullptr);
}

TEST(LinedJson, ErrorsNameTheLine) {
  const auto error = [](const std::string& text) {
    return input_error_of([&] { parse_lined_json(text, "f.json"); });
  };
  EXPECT_EQ(error("{\"a\": 1,\n\"a\": 2}").rfind("f.json, line 2: 'a' is given twice", 0), 0u);
  EXPECT_EQ(error("{\n\n\"a\" 1}").rfind("f.json, line 3: this is not JSON", 0), 0u)
      << error("{\n\n\"a\" 1}");
  EXPECT_NE(error("").find("not JSON"), std::string::npos);
  EXPECT_NE(error("{} x").find("not JSON"), std::string::npos);
  EXPECT_NE(error(std::string(100, '[')).find("levels"), std::string::npos);
}

}  // namespace
}  // namespace lf::records
