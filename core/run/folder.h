// The folder of a run, and its entry in the list of runs.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "protocol/snapshot.h"

namespace lf::run {

/// A new folder `<time>-<preset>-s<seed>` under `root` (made unique by a number). Throws RunError when it
/// cannot be made.
std::filesystem::path make_run_folder(const std::filesystem::path& root, const std::string& preset,
                                      int64_t seed);

/// The same as `<time>-<what>`.
std::filesystem::path make_dated_folder(const std::filesystem::path& root, const std::string& what);

/// Makes `folder` usable for a run: created, or existing and writable. Throws InputError that says why not.
void prepare_run_folder(const std::filesystem::path& folder);

/// Removes temporary files that a killed program left. Only for the holder of the folder's lock.
void remove_leftovers(const std::filesystem::path& folder);

/// The folder of a run's figures, created if missing. Throws InputError if a link is in its place:
/// a foreign run folder must not redirect images elsewhere.
std::filesystem::path figures_folder(const std::filesystem::path& folder);

/// The name of a run, that of its folder, however the path is written.
std::string run_name(const std::filesystem::path& folder);

/// True when `folder` holds a model or a checkpoint of a run.
bool is_run_folder(const std::filesystem::path& folder);

/// Names of the files that belong to a run, directly in its folder.
const std::vector<std::string>& own_run_files();

class SummaryCache;

/// All runs under `root`, the one that was made last first (run/order.h). `current` marks the open
/// one. What looks like a run and is none (links in a circle, pipes, folders in a model's place) is left out;
/// `skipped`, where it is given, gets a line for each. With a `cache` only changed runs are read.
std::vector<RunSummary> list_runs(const std::filesystem::path& root, const std::string& current,
                                  std::vector<std::string>* skipped = nullptr, SummaryCache* cache = nullptr);

/// Deletes a run's own files, and its folder if it is then empty; of a link to a run the link.
/// Throws InputError if `folder` is no run folder.
void delete_run(const std::filesystem::path& folder);

/// Curves of a stored run. Throws InputError.
RunCurves load_curves(const std::filesystem::path& folder);

}  // namespace lf::run
