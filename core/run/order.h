// The order of runs: each has a number, one more than the largest existing number at its start. A
// clock gives no order, because it can be set back.
#pragma once

#include <cstdint>
#include <filesystem>

namespace lf::run {

/// The file of a run folder that holds its number.
inline constexpr const char* kRunNumberName = ".number";

/// The number of a run; 0 if there is none, as in runs of earlier versions: they count as older.
int64_t run_number(const std::filesystem::path& folder);

/// Gives the run in `folder` the number after the largest under `root`, its trash included. Throws
/// RunError.
void number_run(const std::filesystem::path& folder, const std::filesystem::path& root);

}  // namespace lf::run
