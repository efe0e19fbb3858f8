// Where a run lives on disk, and what the list of runs says about it.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "protocol/snapshot.h"

namespace lf {

/// A new folder `<time>-<preset>-s<seed>` under `root` (made unique by a number). Throws RunError when it
/// cannot be made.
std::filesystem::path make_run_folder(const std::filesystem::path& root, const std::string& preset,
                                      int64_t seed);

/// Makes `folder` usable for a run: created, or existing and writable. Throws InputError that says why not.
void prepare_run_folder(const std::filesystem::path& folder);

/// Removes what a program that was killed while it wrote one of a run's files left beside it. Only for who
/// holds the folder's lock.
void remove_leftovers(const std::filesystem::path& folder);

/// The folder of a run's figures, made where it is missing. Throws InputError where a link stands in its
/// place: a run folder that somebody else made must not lead pictures elsewhere.
std::filesystem::path figures_folder(const std::filesystem::path& folder);

/// True when `folder` holds a model or a checkpoint of a run.
bool is_run_folder(const std::filesystem::path& folder);

/// All runs under `root`, the one that was made last first (run/order.h). `current` marks the open
/// one. What looks like a run and is none (links in a circle, pipes, folders in a model's place) is left out;
/// `skipped`, where it is given, gets a line for each.
std::vector<RunSummary> list_runs(const std::filesystem::path& root, const std::string& current,
                                  std::vector<std::string>* skipped = nullptr);

/// Deletes a run's own files and its folder when nothing else is in it; of a link to a run the link. Throws
/// InputError where `folder` is no run folder.
void delete_run(const std::filesystem::path& folder);

/// Curves of a stored run. Throws InputError.
RunCurves load_curves(const std::filesystem::path& folder);

}  // namespace lf
