// The order in which runs were made: each has a number, one more than the largest beside it when it began. A
// clock tells no order: it is set back, twice a year by a whole hour.
#pragma once

#include <cstdint>
#include <filesystem>

namespace lf {

/// The file of a run folder that holds its number.
inline constexpr const char* kRunNumberName = ".number";

/// The number of a run; 0 where it has none that can be read, as runs of earlier versions: they count as
/// older.
int64_t run_number(const std::filesystem::path& folder);

/// Gives the run in `folder` the number after the largest under `root`. Throws RunError.
void number_run(const std::filesystem::path& folder, const std::filesystem::path& root);

}  // namespace lf
