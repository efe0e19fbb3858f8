// Which runs a list shows, and in which order: the same in the window and on the command line.
#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "protocol/snapshot.h"

namespace lf {

/// The user's choice.
struct RunFilter {
  std::string search;           ///< words; a run must have all, in any case of letters. See matches_search()
  std::string sort = "newest";  ///< of run_sort_names()
  bool starred = false;         ///< only runs with a star
  std::string tag;              ///< only runs with this tag; "" all
  std::string state;            ///< only runs in this state; "" all
};

/// newest, oldest, fd, time, name, size.
const std::vector<std::string>& run_sort_names();

/// The user's name of a run, else that of its folder.
std::string run_title(const RunSummary& run);

/// True if every word of `search` occurs in the run's name, folder, preset, data set, state, date, tags or
/// note. "tag:x" must be a tag, "state:x" a state, "preset:x" a preset; "star" alone in "is:star" a star.
bool matches_search(const RunSummary& run, const std::string& search);

/// Indices of the runs that pass the filter, in its order. `runs` are given newest first; equal ones keep
/// that order, and runs without the figure come last.
std::vector<size_t> filtered_runs(const std::vector<RunSummary>& runs, const RunFilter& filter);

/// The same with every branch below its parent, where both are in the list.
std::vector<size_t> branches_below(const std::vector<RunSummary>& runs, const std::vector<size_t>& listed);

/// How many runs of the list `run` descends from: 1 for a branch of a listed run, 0 for others.
int branch_depth(const std::vector<RunSummary>& runs, const std::vector<size_t>& listed, size_t run);

/// Every tag of these runs with the number of its runs, most frequent first, then by name.
std::vector<std::pair<std::string, size_t>> tags_of_runs(const std::vector<RunSummary>& runs);

/// "3.4 MB": bytes in decimal units.
std::string bytes_text(int64_t bytes);

}  // namespace lf
