// Where the program keeps what belongs to the person who started it: one answer for runs, preferences and
// downloads. XDG Base Directory Specification: a relative path in its variables is ignored.
#pragma once
#include <filesystem>
#include <string>

namespace lf {

/// $HOME where that is a folder that can be used, else the home that the system's list of users names; ""
/// where there is neither.
std::filesystem::path home_folder();

/// $XDG_DATA_HOME/latentflow, else .local/share/latentflow below the home; without a home below a folder for
/// temporary files that nobody else may write to.
std::filesystem::path user_data_folder();
/// The same with $XDG_CONFIG_HOME and .config.
std::filesystem::path user_config_folder();
/// $LATENTFLOW_CACHE, else the same with $XDG_CACHE_HOME and .cache.
std::filesystem::path cache_folder();

/// $TMPDIR where that can be used, else /tmp.
std::filesystem::path temporary_files();

/// What a person should know where these are not in the home that $HOME names, in one line; "" where all is
/// as usual.
std::string user_folders_notice();

}  // namespace lf
