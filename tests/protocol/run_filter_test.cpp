#include "protocol/run_filter.h"

#include <gtest/gtest.h>

namespace lf {
namespace {

RunSummary run_of(const std::string& name, double fd, double seconds, int64_t bytes) {
  RunSummary run;
  run.name = name;
  run.folder = "runs/" + name;
  run.preset = "fast";
  run.state = "done";
  run.fd = fd;
  run.seconds = seconds;
  run.bytes = bytes;
  return run;
}

/// Newest first.
std::vector<RunSummary> some_runs() {
  std::vector<RunSummary> runs{run_of("c", -1, 30, 5), run_of("b", 2, 10, 9), run_of("a", 1, 20, 7)};
  runs[0].label = {"Zebra", "low learning rate", {"Paper", "week 3"}, true};
  runs[0].state = "paused";
  runs[1].label.tags = {"Paper"};
  runs[1].preset = "quality";
  return runs;
}

std::string order(const std::vector<RunSummary>& runs, const RunFilter& filter) {
  std::string names;
  for (const size_t i : filtered_runs(runs, filter)) names += runs[i].name;
  return names;
}

RunFilter sorted_by(const std::string& sort) {
  RunFilter filter;
  filter.sort = sort;
  return filter;
}

RunFilter searching(const std::string& search) {
  RunFilter filter;
  filter.search = search;
  return filter;
}

TEST(RunFilters, EveryOrderIsItsOwnAndRunsWithoutTheFigureAreLast) {
  const auto runs = some_runs();
  EXPECT_EQ(order(runs, {}), "cba");
  EXPECT_EQ(order(runs, sorted_by("oldest")), "abc");
  EXPECT_EQ(order(runs, sorted_by("fd")), "abc");
  EXPECT_EQ(order(runs, sorted_by("time")), "bac");
  EXPECT_EQ(order(runs, sorted_by("size")), "bac");
  EXPECT_EQ(order(runs, sorted_by("name")), "abc") << "the user's own name counts: Zebra";
  EXPECT_EQ(run_sort_names().size(), 6u);
}

TEST(RunFilters, EveryWordOfASearchMustOccur) {
  const auto runs = some_runs();
  EXPECT_EQ(order(runs, searching("ZEBRA")), "c");
  EXPECT_EQ(order(runs, searching(" learning  low ")), "c");
  EXPECT_EQ(order(runs, searching("paper")), "cb");
  EXPECT_EQ(order(runs, searching("paper quality")), "b");
  EXPECT_EQ(order(runs, searching("nowhere")), "");
  EXPECT_EQ(order(runs, searching("   ")), "cba");
}

TEST(RunFilters, AWordWithAKeyIsExact) {
  const auto runs = some_runs();
  EXPECT_EQ(order(runs, searching("tag:paper")), "cb");
  EXPECT_EQ(order(runs, searching("tag:pap")), "");
  EXPECT_EQ(order(runs, searching("state:paused")), "c");
  EXPECT_EQ(order(runs, searching("preset:quality")), "b");
  EXPECT_EQ(order(runs, searching("is:star")), "c");
}

TEST(RunFilters, StarTagAndStateAreCombined) {
  const auto runs = some_runs();
  RunFilter filter;
  filter.tag = "Paper";
  EXPECT_EQ(order(runs, filter), "cb");
  filter.state = "done";
  EXPECT_EQ(order(runs, filter), "b");
  filter.starred = true;
  EXPECT_EQ(order(runs, filter), "");
}

TEST(RunFilters, TagsAreCountedTheMostFrequentFirst) {
  const std::vector<std::pair<std::string, size_t>> counted{{"Paper", 2}, {"week 3", 1}};
  EXPECT_EQ(tags_of_runs(some_runs()), counted);
}

TEST(RunFilters, BranchesAreBelowTheirParents) {
  std::vector<RunSummary> runs;
  for (const char* name : {"f", "e", "d", "c", "b", "a"}) runs.push_back(run_of(name, 1, 1, 1));
  runs[0].parent = "d";     // f, a branch of a branch
  runs[1].parent = "gone";  // e, whose parent was deleted
  runs[2].parent = "a";     // d
  const std::vector<size_t> listed = filtered_runs(runs, {});
  std::string names, depths;
  for (const size_t run : branches_below(runs, listed)) {
    names += runs[run].name;
    depths += std::to_string(branch_depth(runs, listed, run));
  }
  EXPECT_EQ(names, "ecbadf");
  EXPECT_EQ(depths, "000012");
}

TEST(RunFilters, RecordsThatNameEachOtherAreListedOnce) {
  std::vector<RunSummary> runs{run_of("b", 1, 1, 1), run_of("a", 1, 1, 1)};
  runs[0].parent = "a";
  runs[1].parent = "b";
  EXPECT_EQ(branches_below(runs, filtered_runs(runs, {})).size(), 2u);
  EXPECT_GE(branch_depth(runs, {0, 1}, 0), 1);
}

TEST(RunFilters, BytesHaveUnits) {
  EXPECT_EQ(bytes_text(0), "0 B");
  EXPECT_EQ(bytes_text(12'345), "12 kB");
  EXPECT_EQ(bytes_text(3'400'000), "3.4 MB");
  EXPECT_EQ(bytes_text(1'230'000'000), "1.23 GB");
}

}  // namespace
}  // namespace lf
