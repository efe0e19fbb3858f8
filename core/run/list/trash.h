// Deleted runs, which can be restored: `.trash` in the runs folder. Each is in a numbered folder of its own
// and keeps its name.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "protocol/snapshot.h"

namespace lf::run {

/// The trash of a runs folder.
std::filesystem::path trash_folder(const std::filesystem::path& root);

/// Moves a run of `root` to its trash, a link to a run as the link, and returns its place there. Throws
/// InputError for a folder that is no run, is not directly in `root`, or is used by another program.
std::filesystem::path move_to_trash(const std::filesystem::path& folder, const std::filesystem::path& root);

/// Moves a run from the trash to its place in `root`, which is returned. `folder` is the run in the trash,
/// or where it was; of several of that name the last deleted. Throws InputError if there is none, or if its
/// place is taken.
std::filesystem::path restore_from_trash(const std::filesystem::path& folder,
                                         const std::filesystem::path& root);

/// Runs in the trash, the last deleted first.
std::vector<TrashedRun> list_trash(const std::filesystem::path& root);

/// What emptying the trash has done.
struct EmptiedTrash {
  int64_t runs = 0, bytes = 0;    ///< deleted ones
  std::vector<std::string> kept;  ///< a line for each that could not be deleted completely, with the reason
};
/// Deletes the runs in the trash for good, but no files that are not theirs.
EmptiedTrash empty_trash(const std::filesystem::path& root);

}  // namespace lf::run
