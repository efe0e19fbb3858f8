// Queries of the file system, without exceptions. The functions and iterators of std::filesystem
// are called only in paths.cpp (tests/check_filesystem.py). Their exceptions carry a library's
// messages, and neither an odd file in a folder nor one removed a moment ago must end the program.
#pragma once
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace lf {

/// The kind of a path, with links followed. Other: a pipe, a socket, a device. Unknown: the system
/// does not tell, as for a circular link or below a folder without permission.
enum class PathKind { Nothing, File, Folder, Other, Unknown };

/// Never throws. `why`, if given, gets the system's reason for Unknown, else "".
PathKind kind_of(const std::filesystem::path& path, std::string* why = nullptr);

bool path_exists(const std::filesystem::path& path);  ///< File, Folder or Other
bool is_file(const std::filesystem::path& path);      ///< a regular file
bool is_folder(const std::filesystem::path& path);
bool is_link(const std::filesystem::path& path);  ///< itself, wherever it leads

/// Why no file can be read there, as the end of a message: "there is no such file", "it is a
/// folder, not a file", "its links form a loop" … "" for a regular file.
std::string no_file_reason(const std::filesystem::path& path);
/// The same for a folder.
std::string no_folder_reason(const std::filesystem::path& path);

/// Size of a file in bytes; 0 if there is none.
uint64_t file_bytes(const std::filesystem::path& path);
/// A number that changes when a file is written or replaced, or when a name in a folder appears or
/// disappears; 0 if there is nothing.
uint64_t change_stamp(const std::filesystem::path& path);
/// True if both name the same file or folder. False if one is missing.
bool same_place(const std::filesystem::path& a, const std::filesystem::path& b);
/// The absolute path; unchanged if the working folder no longer has a name.
std::filesystem::path absolute_path(const std::filesystem::path& path);
/// The same with its links followed, as far as it exists, and without "." and "..".
std::filesystem::path resolved_path(const std::filesystem::path& path);
/// The target of a link; "" if there is none.
std::filesystem::path link_target(const std::filesystem::path& link);
/// The folder that holds `path`, "." for a bare name.
std::filesystem::path folder_of(const std::filesystem::path& path);
/// `path` without trailing separators: "a/b/" and "a/b/." become "a/b".
std::filesystem::path without_slash(const std::filesystem::path& path);

/// One name in a folder.
struct FolderEntry {
  std::filesystem::path path;
  PathKind kind = PathKind::Nothing;  ///< Nothing: a dangling link
  std::string why;                    ///< of Unknown
};

/// A folder's names in byte order, and why the list is incomplete ("" if it is complete).
struct FolderEntries {
  std::vector<FolderEntry> entries;
  std::string error;
};
/// At most `most` names are read, in the system's order.
FolderEntries folder_entries(const std::filesystem::path& folder, size_t most = SIZE_MAX);
/// The files in a folder and in the folders below it; links to folders are not followed.
std::vector<std::filesystem::path> files_below(const std::filesystem::path& folder);

/// Makes a folder and its missing parents. The reason if that fails, "" if it exists afterwards.
std::string make_folders(const std::filesystem::path& folder);
/// Gives `from` another name on the same file system, where nothing is yet. The reason if that fails.
std::string rename_path(const std::filesystem::path& from, const std::filesystem::path& to);
/// Removes a file, a link or an empty folder. False if it still exists.
bool remove_path(const std::filesystem::path& path);
/// Removes a folder with all its content, as far as possible.
void remove_tree(const std::filesystem::path& folder);
/// True if permissions allow creating files in the folder.
bool may_write_into(const std::filesystem::path& folder);

/// The program of that name in the absolute folders of $PATH; "" if there is none that may be run.
std::filesystem::path program_in_path(const std::string& name);

}  // namespace lf
