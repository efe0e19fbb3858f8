// The folder of a sweep: its record and table, the folders of its runs, and their samples.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "base/image_sheet.h"
#include "records/sweep_record.h"

namespace lf::jobs {

/// True if `folder` holds the record of a sweep.
bool is_sweep_folder(const std::filesystem::path& folder);

/// A new folder `<time>-sweep-<name>` under `root`.
std::filesystem::path make_sweep_folder(const std::filesystem::path& root, const std::string& name);

/// Throws InputError that names the file.
records::SweepRecord read_sweep(const std::filesystem::path& folder);

/// Writes sweep.json, then sweep.csv. Throws RunError.
void write_sweep(const std::filesystem::path& folder, const records::SweepRecord& record);

/// Writes ten digits of a run.
void write_sweep_samples(const std::filesystem::path& folder, const std::string& run,
                         const ImageSheet& digits);

/// Those of every run that has ended; null where there are none, or unreadable ones.
std::vector<std::shared_ptr<const ImageSheet>> read_sweep_samples(const std::filesystem::path& folder,
                                                                  const std::vector<SweepRun>& runs);

}  // namespace lf::jobs
