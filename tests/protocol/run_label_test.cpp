#include "protocol/run_label.h"

#include <gtest/gtest.h>

#include "base/errors.h"
#include "input_error_of.h"

namespace lf {
namespace {

TEST(RunLabels, TagsAreTrimmedAndEachIsThereOnce) {
  EXPECT_EQ(parse_tags(" a, week 3 ,,a, b"), (std::vector<std::string>{"a", "week 3", "b"}));
  EXPECT_TRUE(parse_tags(" , ").empty());
  EXPECT_EQ(tags_text({"a", "week 3"}), "a, week 3");
  EXPECT_EQ(parse_tags(tags_text({"a", "week 3"})), (std::vector<std::string>{"a", "week 3"}));
}

TEST(RunLabels, ACommandChangesOnlyWhatItNames) {
  const RunLabel before{"old", "a note", {"x"}, true};
  EXPECT_EQ(changed_label(before, {"r", " new ", "", "", "", ""}), (RunLabel{"new", "a note", {"x"}, true}));
  EXPECT_EQ(changed_label(before, {"r", "", "", "a, b", "off", ""}),
            (RunLabel{"old", "a note", {"a", "b"}, false}));
  EXPECT_EQ(changed_label(before, {"r", "", "", "", "", "name,note, tags"}), (RunLabel{"", "", {}, true}));
  EXPECT_EQ(changed_label(before, {"r", "", "", "z", "", "tags"}).tags, std::vector<std::string>{"z"});
}

TEST(RunLabels, TextsBeyondTheLimitsAreRefusedByName) {
  const auto refused = [](const LabelRunCommand& command) {
    return input_error_of([&] { check_label_command(command); });
  };
  EXPECT_TRUE(has(refused({"r", std::string(201, 'x'), "", "", "", ""}), {"label-run: name", "200 bytes"}));
  EXPECT_TRUE(has(refused({"r", "", "two\nlines", "", "", ""}), {"note", "control character"}));
  EXPECT_TRUE(has(refused({"r", "", "\xff", "", "", ""}), {"note", "not UTF-8"}));
  EXPECT_TRUE(has(refused({"r", "", "", std::string(61, 't'), "", ""}), {"tag", "60 bytes"}));
  EXPECT_TRUE(has(refused({"r", "", "", "", "", "star"}), {"clear=star", "name, note, tags"}));
  std::string many;
  for (int i = 0; i < 21; ++i) many += "t" + std::to_string(i) + ",";
  EXPECT_TRUE(has(refused({"r", "", "", many, "", ""}), {"more than 20"}));
  check_label_command({"r", std::string(200, 'x'), "ä – ok", "a,b", "on", "note"});
}

TEST(RunLabels, AStoredTagMayHoldNoComma) {
  EXPECT_NE(label_problem({"", "", {"a,b"}, false}), "");
  EXPECT_NE(label_problem({"", "", {" a"}, false}), "");
  EXPECT_EQ(label_problem({"a, b", "c, d", {"e f"}, true}), "");
}

}  // namespace
}  // namespace lf
