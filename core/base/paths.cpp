#include "base/paths.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <sstream>
#include <system_error>

#include "base/environment.h"

namespace lf {
namespace {

namespace fs = std::filesystem;

/// The system's reason, in plainer words where its own are unclear.
std::string words_of(const std::error_code& error) {
  if (error == std::errc::too_many_symbolic_link_levels) return "its links form a loop";
  if (error == std::errc::permission_denied) return "permission denied";
  if (error == std::errc::filename_too_long) return "the name is too long";
  return error.message();
}

/// "" for the requested kind, else why it is not there.
std::string reason(PathKind found, PathKind wanted, const std::string& why) {
  if (found == wanted) return "";
  const std::string noun = wanted == PathKind::File ? "file" : "folder";
  switch (found) {
    case PathKind::Unknown:
      return why;
    case PathKind::Nothing:
      return "there is no such " + noun;
    case PathKind::Folder:
      return "it is a folder and not a file";
    case PathKind::File:
      return "it is a file and not a folder";
    case PathKind::Other:
      return "it is a pipe, a socket or a device and not a " + noun;
  }
  return why;
}

}  // namespace

PathKind kind_of(const fs::path& path, std::string* why) {
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (why) why->clear();
  switch (status.type()) {
    case fs::file_type::not_found:
      return PathKind::Nothing;
    case fs::file_type::regular:
      return PathKind::File;
    case fs::file_type::directory:
      return PathKind::Folder;
    case fs::file_type::none:
    case fs::file_type::unknown:
      if (why) *why = error ? words_of(error) : "the system does not report what it is";
      return PathKind::Unknown;
    default:
      return PathKind::Other;
  }
}

bool path_exists(const fs::path& path) {
  const PathKind kind = kind_of(path);
  return kind != PathKind::Nothing && kind != PathKind::Unknown;
}

bool is_file(const fs::path& path) { return kind_of(path) == PathKind::File; }

bool is_folder(const fs::path& path) { return kind_of(path) == PathKind::Folder; }

bool is_link(const fs::path& path) {
  std::error_code error;
  return fs::is_symlink(path, error);
}

std::string no_file_reason(const fs::path& path) {
  std::string why;
  const PathKind kind = kind_of(path, &why);
  return reason(kind, PathKind::File, why);
}

std::string no_folder_reason(const fs::path& path) {
  std::string why;
  const PathKind kind = kind_of(path, &why);
  return reason(kind, PathKind::Folder, why);
}

uint64_t file_bytes(const fs::path& path) {
  std::error_code error;
  const uint64_t bytes = fs::file_size(path, error);
  return error ? 0 : bytes;
}

uint64_t change_stamp(const fs::path& path) {
  struct stat status {};
  if (stat(path.c_str(), &status) != 0) return 0;
  const uint64_t parts[] = {static_cast<uint64_t>(status.st_ino), static_cast<uint64_t>(status.st_size),
                            static_cast<uint64_t>(status.st_mtim.tv_sec),
                            static_cast<uint64_t>(status.st_mtim.tv_nsec)};
  uint64_t stamp = 1469598103934665603u;  // FNV-1a
  for (const uint64_t part : parts) stamp = (stamp ^ part) * 1099511628211u;
  return stamp;
}

bool same_place(const fs::path& a, const fs::path& b) {
  std::error_code error;
  return fs::equivalent(a, b, error);
}

fs::path absolute_path(const fs::path& path) {
  std::error_code error;
  fs::path whole = fs::absolute(path, error);
  return error ? path : whole;
}

fs::path resolved_path(const fs::path& path) {
  std::error_code error;
  fs::path whole = fs::weakly_canonical(path, error);
  return error ? absolute_path(path).lexically_normal() : whole;
}

fs::path link_target(const fs::path& link) {
  std::error_code error;
  fs::path target = fs::read_symlink(link, error);
  return error ? fs::path() : target;
}

fs::path folder_of(const fs::path& path) {
  return path.has_parent_path() ? path.parent_path() : fs::path(".");
}

fs::path without_slash(const fs::path& path) {
  fs::path named = path;
  const auto ends_in_nothing = [](const fs::path& p) {
    return p.filename().empty() || (p.filename() == "." && p.has_parent_path());
  };
  while (named.has_relative_path() && ends_in_nothing(named)) named = named.parent_path();
  return named;
}

FolderEntries folder_entries(const fs::path& folder, size_t most) {
  FolderEntries found;
  std::error_code error;
  fs::directory_iterator at(folder, error);
  while (!error && at != fs::directory_iterator() && found.entries.size() < most) {
    FolderEntry entry{at->path(), PathKind::Nothing, ""};
    entry.kind = kind_of(entry.path, &entry.why);
    found.entries.push_back(std::move(entry));
    at.increment(error);
  }
  if (error) found.error = words_of(error);
  std::sort(found.entries.begin(), found.entries.end(),
            [](const FolderEntry& a, const FolderEntry& b) { return a.path.native() < b.path.native(); });
  return found;
}

std::vector<fs::path> files_below(const fs::path& folder) {
  std::vector<fs::path> files, folders{folder};
  while (!folders.empty()) {
    const fs::path next = std::move(folders.back());
    folders.pop_back();
    for (FolderEntry& entry : folder_entries(next).entries) {
      if (entry.kind == PathKind::File)
        files.push_back(std::move(entry.path));
      else if (entry.kind == PathKind::Folder && !is_link(entry.path))
        folders.push_back(std::move(entry.path));
    }
  }
  return files;
}

std::string make_folders(const fs::path& folder) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (error) return words_of(error);
  return no_folder_reason(folder);
}

std::string rename_path(const fs::path& from, const fs::path& to) {
  if (path_exists(to) || is_link(to)) return to.string() + " is already there";
  std::error_code error;
  fs::rename(from, to, error);
  return error ? words_of(error) : "";
}

bool remove_path(const fs::path& path) {
  std::error_code error;
  fs::remove(path, error);
  return !error;
}

void remove_tree(const fs::path& folder) {
  std::error_code error;
  fs::remove_all(folder, error);
}

bool may_write_into(const fs::path& folder) {
  return is_folder(folder) && faccessat(AT_FDCWD, folder.c_str(), W_OK | X_OK, AT_EACCESS) == 0;
}

fs::path program_in_path(const std::string& name) {
  std::istringstream folders(environment("PATH"));
  for (std::string folder; std::getline(folders, folder, ':');) {
    const fs::path file = fs::path(folder) / name;
    if (file.is_absolute() && access(file.c_str(), X_OK) == 0 && is_file(file)) return file;
  }
  return {};
}

}  // namespace lf
