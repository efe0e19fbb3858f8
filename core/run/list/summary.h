// The entry of a run in the list of runs, from its small files.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>

#include "protocol/snapshot.h"

namespace lf::run {

/// Reads report, label, disk use and thumbnail of a run. Never throws: what is missing or damaged stays
/// empty.
RunSummary summarise_run(const std::filesystem::path& folder);

/// Bytes of the files of a run: its own, figures and marks. Links count nothing.
int64_t run_bytes(const std::filesystem::path& folder);

/// Remembers summaries, so that a list of hundreds of runs reads only those that have changed.
class SummaryCache {
 public:
  /// The summary of the run in `folder`, read again if one of its files has changed.
  const RunSummary& summary(const std::filesystem::path& folder);
  /// How many summaries were read so far.
  int64_t reads() const { return reads_; }

 private:
  struct Entry {
    uint64_t stamp = 0;
    RunSummary summary;
  };
  std::map<std::string, Entry> entries_;
  int64_t reads_ = 0;
};

}  // namespace lf::run
