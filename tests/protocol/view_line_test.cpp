#include "protocol/view_line.h"

#include <gtest/gtest.h>

#include "base/errors.h"
#include "input_error_of.h"
#include "protocol/commands.h"
#include "protocol/script.h"

namespace lf {
namespace {

/// The words after `view` in a line of a script.
std::vector<std::string> words_of(const std::string& line) {
  std::vector<std::string> words = split_words(line);
  words.erase(words.begin());
  return words;
}

TEST(ViewLines, TheLineOfAViewIsReadBackAsTheSameLine) {
  ViewLine view;
  view.page = "flow-lab";
  view.tool = "ghost";
  view.t = 0.4;
  view.step = 1200;
  view.digit = 7;
  view.selected = 5;
  view.open = "20260101-fast-s1";
  view.runs = std::vector<std::string>{"a b", "with, comma", "back\\slash"};
  view.settings = {{"preview.seed", "9"}};
  view.switches = {{"lab.ghost.unlabelled", "on"}, {"lab.drawing.strokes", "1,2 3,4"}};
  const std::string line = format_view_line(view);
  const ViewLine back = parse_view_line(words_of(line));
  EXPECT_EQ(format_view_line(back), line);
  EXPECT_EQ(back.page, "flow-lab");
  EXPECT_EQ(back.t, 0.4);
  EXPECT_EQ(back.step, 1200);
  EXPECT_EQ(back.digit, 7);
  EXPECT_EQ(back.selected, 5);
  EXPECT_EQ(back.runs, view.runs);
  EXPECT_EQ(back.settings, view.settings);
  EXPECT_EQ(back.switches, view.switches);
}

TEST(ViewLines, NowAndAllAreTheAbsenceOfAChoice) {
  const ViewLine view = parse_view_line({"step=now", "digit=all", "runs="});
  EXPECT_EQ(view.step, -1);
  EXPECT_EQ(view.digit, -1);
  EXPECT_EQ(view.runs, std::vector<std::string>());
  EXPECT_EQ(format_view_line(view), "view step=now digit=all runs=");
  EXPECT_FALSE(parse_view_line({"page=log"}).step.has_value());
}

TEST(ViewLines, TheDigitsOfTheReconstructionsAreThoseOfInspect) {
  const ViewLine view = parse_view_line({"inspect.order=worst", "inspect.digit=4"});
  const InspectCommand command = inspect_command(view.inspect);
  EXPECT_EQ(command.order, "worst");
  EXPECT_EQ(command.digit, 4);
  EXPECT_EQ(inspect_pairs(command), view.inspect);
  EXPECT_EQ(format_view_line(view), "view inspect.digit=4 inspect.order=worst");
  EXPECT_TRUE(inspect_pairs(InspectCommand()).empty());
  EXPECT_NE(input_error_of([] { parse_view_line({"inspect.order=best"}); }).find("order"), std::string::npos);
}

TEST(ViewLines, AWrongWordIsNamedWithWhatMayBeThere) {
  const auto refused = [](const std::vector<std::string>& words) {
    return input_error_of([&] { parse_view_line(words); });
  };
  EXPECT_TRUE(has(refused({"page=log", "colour=red"}), {"colour=red", "known are", "selected"}));
  EXPECT_TRUE(has(refused({"t=1.5"}), {"t=1.5", "0 to 1"}));
  EXPECT_TRUE(has(refused({"step=-3"}), {"step=-3", "now"}));
  EXPECT_TRUE(has(refused({"digit=10"}), {"digit=10", "all"}));
  EXPECT_TRUE(has(refused({"selected=x"}), {"selected=x"}));
  EXPECT_TRUE(has(refused({"tool=nothing"}), {"nothing"}));
  EXPECT_TRUE(has(refused({"t=0", "t=1"}), {"twice"}));
  EXPECT_TRUE(has(refused({"page=log", "word"}), {"word"}));
  EXPECT_TRUE(has(refused({"preview.steps=0"}), {"preview.steps"}));
  EXPECT_TRUE(has(refused({"now.files.path=x"}), {"not part of a view"}));
}

TEST(ViewLines, AScriptHoldsBothFormsOfAView) {
  const auto lines = parse_script("view runs.log off\nview page=log t=0.5\n", "s");
  ASSERT_EQ(lines.size(), 2u);
  EXPECT_EQ(std::get<ViewAction>(lines[0].action).arguments, (std::vector<std::string>{"runs.log", "off"}));
  EXPECT_EQ(std::get<ViewAction>(lines[1].action).arguments, (std::vector<std::string>{"page=log", "t=0.5"}));
  EXPECT_TRUE(has(input_error_of([] { parse_script("page log\nview t=2\n", "s"); }), {"s:2:", "t=2"}));
}

}  // namespace
}  // namespace lf
