// What the file system says of a path, without exceptions. The functions and iterators of std::filesystem are
// called in paths.cpp alone (tests/check_filesystem.py): what they throw carries a library's words, and
// whatever lies in a folder, or whoever removed it a moment ago, must not end the program.
#pragma once
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace lf {

/// What lies at a path, links followed. Other: a pipe, a socket, a device. Unknown: the system will not say,
/// as for a link in a circle or below a folder that may not be entered.
enum class PathKind { Nothing, File, Folder, Other, Unknown };

/// Never throws. `why`, where it is given, gets the system's reason for Unknown, else "".
PathKind kind_of(const std::filesystem::path& path, std::string* why = nullptr);

bool path_exists(const std::filesystem::path& path);  ///< File, Folder or Other
bool is_file(const std::filesystem::path& path);      ///< a regular file
bool is_folder(const std::filesystem::path& path);
bool is_link(const std::filesystem::path& path);  ///< itself, whatever it leads to

/// Why no file can be read there, to follow a colon: "there is no such file", "it is a folder, not a file",
/// "its links lead in a circle" … "" for a regular file.
std::string no_file_reason(const std::filesystem::path& path);
/// The same for a folder.
std::string no_folder_reason(const std::filesystem::path& path);

/// Size of a file in bytes; 0 where there is none.
uint64_t file_bytes(const std::filesystem::path& path);
/// Do both name the same file or folder? False where one is not there.
bool same_place(const std::filesystem::path& a, const std::filesystem::path& b);
/// The path from the root on; as it is where the working folder has no name any more.
std::filesystem::path absolute_path(const std::filesystem::path& path);
/// The same with its links followed, as far as it exists, and without "." and "..".
std::filesystem::path resolved_path(const std::filesystem::path& path);
/// What a link says; "" where there is none.
std::filesystem::path link_target(const std::filesystem::path& link);
/// The folder that holds `path`, "." for a bare name.
std::filesystem::path folder_of(const std::filesystem::path& path);
/// `path` without what a name cannot end in: "a/b/" and "a/b/." become "a/b".
std::filesystem::path without_slash(const std::filesystem::path& path);

/// One name in a folder.
struct FolderEntry {
  std::filesystem::path path;
  PathKind kind = PathKind::Nothing;  ///< Nothing: a link that leads nowhere
  std::string why;                    ///< of Unknown
};

/// A folder's names in the order of their bytes, and why there are no more of them ("" where these are all).
struct FolderEntries {
  std::vector<FolderEntry> entries;
  std::string error;
};
/// At most `most` names are looked at, whichever the system gives first.
FolderEntries folder_entries(const std::filesystem::path& folder, size_t most = SIZE_MAX);
/// The files in a folder and in the folders below it; links to folders are not followed.
std::vector<std::filesystem::path> files_below(const std::filesystem::path& folder);

/// Makes a folder and what is missing above it. The reason where that fails, "" where it is there afterwards.
std::string make_folders(const std::filesystem::path& folder);
/// Removes a file, a link or an empty folder. False where it is still there.
bool remove_path(const std::filesystem::path& path);
/// Removes a folder with all that is in it, as far as that can be done.
void remove_tree(const std::filesystem::path& folder);
/// Can files be made in the folder, as far as permissions say?
bool may_write_into(const std::filesystem::path& folder);

}  // namespace lf
