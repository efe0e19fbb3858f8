// Checks of paths and names before anything slow is loaded. All throw InputError that names the
// option.
#pragma once

#include <string>
#include <vector>

#include "base/distinct_files.h"

namespace lf::cli {

/// A file that will be written: known extension, no folder of that name, its folder exists and is writable.
void check_output_file(const std::string& option, const std::string& path,
                       const std::vector<std::string>& extensions);

/// A folder for files that will be written: exists or can be created, and is writable.
void check_output_folder(const std::string& option, const std::string& path);

/// A folder for a new run: can be created, is writable, holds no run yet.
void check_new_run_folder(const std::string& option, const std::string& path);

/// A folder that holds a run that can be continued.
void check_resumable_folder(const std::string& option, const std::string& path);

/// "" or an existing model file or run folder.
void check_model(const std::string& path);
/// "" or an existing file of a judge network.
void check_judge(const std::string& path);
/// "" or an existing folder, or a file in one.
void check_data_folder(const std::string& path);

/// Throws if a file that would be written is also read or written under another name; of a run
/// folder its model is read.
void check_distinct_files(std::vector<NamedFile> files);

/// One of the known names.
void check_name(const std::string& option, const std::string& name, const std::vector<std::string>& known);

}  // namespace lf::cli
