// The folders for the user's files: one place for runs, preferences and downloads. As in the XDG
// Base Directory Specification, a relative path in its variables is ignored. Also the folders of the
// program itself and of fonts.
#pragma once
#include <filesystem>
#include <string>
#include <vector>

namespace lf {

/// $HOME if it is a usable folder, else the home in the system's list of users; "" if there is
/// neither.
std::filesystem::path home_folder();

/// $XDG_DATA_HOME/latentflow, else .local/share/latentflow below the home; without a home, below a
/// folder for temporary files that nobody else may write to.
std::filesystem::path user_data_folder();
/// The same with $XDG_CONFIG_HOME and .config.
std::filesystem::path user_config_folder();
/// $LATENTFLOW_CACHE, else the same with $XDG_CACHE_HOME and .cache.
std::filesystem::path cache_folder();

/// $TMPDIR if usable, else /tmp.
std::filesystem::path temporary_files();

/// A notice of one line if these folders are not in the home that $HOME names; "" otherwise.
std::string user_folders_notice();

/// Folder of the running program.
std::filesystem::path program_folder();

/// Folders with fonts below them: those of the system and the user, then the packaged ones in
/// ../share/latentflow/fonts beside the program. Not all need exist.
std::vector<std::filesystem::path> font_folders();

}  // namespace lf
