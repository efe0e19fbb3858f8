#include "records/report.h"

#include <gtest/gtest.h>

namespace lf::records {
namespace {

RunSummary summary(const std::string& text) {
  RunSummary run;
  read_report(text, run);
  return run;
}

TEST(RunReport, SaysWhatTheRunWrote) {
  const RunSummary run = summary(
      R"({"preset":"fast","state":"done","flow_steps":100,"flow_total":200,"seconds":12.5,"fd":3.25})");
  EXPECT_EQ(run.preset, "fast");
  EXPECT_EQ(run.state, "done");
  EXPECT_EQ(run.flow_steps, 100);
  EXPECT_EQ(run.flow_total, 200);
  EXPECT_EQ(run.fd, 3.25);
  const Budget budget =
      budget_of_report(R"({"budget":{"seconds":30.0,"steps":0,"epochs":0.0,"until_fd":0.0}})");
  EXPECT_EQ(budget.seconds, 30);
  EXPECT_EQ(budget.steps, 0);
}

TEST(RunReport, ImpossibleNumbersAndOtherTypesKeepTheDefaults) {
  const RunSummary run =
      summary(R"({"preset":7,"state":[],"flow_steps":1e300,"flow_total":-5,"seconds":-1e300,"fd":"3"})");
  EXPECT_EQ(run.preset, "");
  EXPECT_EQ(run.state, "unfinished");
  EXPECT_EQ(run.flow_steps, 0);
  EXPECT_EQ(run.flow_total, 0);
  EXPECT_EQ(run.seconds, 0);
  EXPECT_EQ(run.fd, -1);
  const Budget budget =
      budget_of_report(R"({"budget":{"seconds":"30","steps":1e300,"epochs":-1,"until_fd":{}}})");
  EXPECT_EQ(budget.seconds + static_cast<double>(budget.steps) + budget.epochs + budget.until_fd, 0);
}

TEST(RunReport, WhatIsNoReportIsAnUnfinishedRun) {
  for (const char* text : {"", "{", "[1]", "null", "{\"budget\":[]}"}) {
    EXPECT_EQ(summary(text).state, "unfinished") << text;
    EXPECT_EQ(budget_of_report(text).seconds, 0) << text;
  }
}

std::string counts(const std::string& first) {
  std::string text = "[" + first;
  for (int i = 1; i < 100; ++i) text += ",1";
  return text + "]";
}

TEST(RunReport, FiguresOfAModelAreReadOrLeftOut) {
  const Score score =
      score_of_facts({{"metric.fd", "2.5"}, {"metric.count", "10000"}, {"metric.confusion", counts("3")}});
  EXPECT_TRUE(score.valid);
  EXPECT_EQ(score.fd, 2.5);
  EXPECT_EQ(score.count, 10000);
  EXPECT_EQ(score.confusion[0], 3);
  EXPECT_DOUBLE_EQ(score.digit_accuracy[0], 0.25);
  const Score wrong = score_of_facts(
      {{"metric.fd", "x"}, {"metric.count", "1e300"}, {"metric.confusion", counts("9223372036854775807")}});
  EXPECT_FALSE(wrong.valid);
  EXPECT_LE(wrong.count, 1000000000000000);
  EXPECT_EQ(wrong.confusion[0], 0);  // their sum would overflow
}

}  // namespace
}  // namespace lf::records
