// Describes the content of a folder without a complete data set, for an error message.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace lf::data {

/// One entry of a folder.
struct FolderItem {
  std::filesystem::path path;
  bool is_folder = false;
};

/// The entries of a folder, sorted by name, at most `most`; none if it cannot be listed.
std::vector<FolderItem> folder_items(const std::filesystem::path& folder, size_t most);

/// "; there is a zip archive (archive.zip): unpack it …", "; the four files lie in 'X/y': name that
/// folder", or "" if nothing there would help.
std::string what_lies_there(const std::filesystem::path& folder);

/// Why a file cannot be used as a folder of data, and what to do.
std::string file_instead_of_folder(const std::filesystem::path& file);

}  // namespace lf::data
