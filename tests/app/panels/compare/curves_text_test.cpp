// What is said about compared curves.
#include "panels/compare/curves_text.h"

#include <gtest/gtest.h>

namespace lf::app::panels {
namespace {

std::vector<RunCurves> two_runs() {
  std::vector<RunCurves> runs(2);
  runs[0].name = "a";
  runs[1].name = "b";
  return runs;
}

bool says(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

TEST(CurvesText, NamesTheLowest) {
  auto runs = two_runs();
  EXPECT_TRUE(says(compare_sentence(runs, &RunCurves::flow), "no such curve"));
  runs[0].flow.value = {1.2f};
  runs[1].flow.value = {1.4f};
  EXPECT_TRUE(says(compare_sentence(runs, &RunCurves::flow), "a is the lowest"));
  runs[1].flow.value = {1.2f};
  EXPECT_TRUE(says(compare_sentence(runs, &RunCurves::flow), "no significant difference"));
  runs.resize(3);
  runs[2].name = "c";
  runs[2].flow.value = {0.9f};
  EXPECT_EQ(compare_sentence(runs, &RunCurves::flow), "a ends at 1.2, b at 1.2, c at 0.9: c is the lowest.");
}

TEST(CurvesText, ACurveThatNobodyRecordedIsNotDrawn) {
  const auto runs = two_runs();
  const ComparedCurve curve{"fd", "FD %", "", &RunCurves::fd};
  EXPECT_TRUE(says(no_curve_sentence({runs[0]}, curve), "a has recorded no 'FD %'"));
  EXPECT_TRUE(says(no_curve_sentence(runs, curve), "a and b have recorded no 'FD %'"));
}

TEST(CurvesText, DigitsSeenAreStepsTimesTheBatch) {
  Series series;
  series.step = {1, 10, 30};
  EXPECT_EQ(digits_seen(series, 256), (std::vector<float>{256, 2560, 7680}));
}

}  // namespace
}  // namespace lf::app::panels
