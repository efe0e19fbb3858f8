#include "base/user_folders.h"

#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

#include <string>
#include <vector>

#include "base/environment.h"
#include "base/paths.h"

namespace lf {
namespace {

namespace fs = std::filesystem;

constexpr const char* kProgram = "latentflow";
constexpr int kMostTemporaryNames = 100;

/// A folder of the XDG specification: its variable, and its default place below the home.
struct Place {
  const char* variable;
  const char* below_home;
};
constexpr Place kData{"XDG_DATA_HOME", ".local/share"}, kConfig{"XDG_CONFIG_HOME", ".config"},
    kCache{"XDG_CACHE_HOME", ".cache"};

/// The home of this user in the system's list of users; "" if it is not in the list.
fs::path listed_home() {
  std::vector<char> text(16 << 10);
  struct passwd entry {};
  struct passwd* found = nullptr;
  if (getpwuid_r(geteuid(), &entry, text.data(), text.size(), &found) != 0 || !found) return {};
  return found->pw_dir ? found->pw_dir : "";
}

bool holds_ours(const fs::path& home) {
  for (const Place& place : {kData, kConfig, kCache})
    if (is_folder(home / place.below_home / kProgram)) return true;
  return false;
}

/// True if the program can keep files there. A read-only home is accepted if it already holds files
/// of this program; a missing one if it can be made.
bool usable_home(const fs::path& home) {
  if (!home.is_absolute()) return false;
  const PathKind kind = kind_of(home);
  if (kind == PathKind::Folder) return may_write_into(home) || holds_ours(home);
  if (kind != PathKind::Nothing || is_link(home)) return false;
  fs::path above = home;
  while (!path_exists(above) && above != above.root_path()) above = above.parent_path();
  return may_write_into(above);
}

/// A folder of this user that nobody else may write to.
bool own_private_folder(const fs::path& path) {
  struct stat s {};
  return lstat(path.c_str(), &s) == 0 && S_ISDIR(s.st_mode) && s.st_uid == geteuid() &&
         (s.st_mode & (S_IWGRP | S_IWOTH)) == 0;
}

/// Where to keep files without a home: the same folder at every start. Everybody may write into
/// /tmp, so a folder of that name with another owner is skipped.
fs::path temporary_home() {
  const std::string name = std::string(kProgram) + "-" + std::to_string(geteuid());
  for (int i = 1; i < kMostTemporaryNames; ++i) {
    const fs::path folder = temporary_files() / (i == 1 ? name : name + "-" + std::to_string(i));
    if (mkdir(folder.c_str(), 0700) == 0 || own_private_folder(folder)) return folder;
    if (!path_exists(folder) && !is_link(folder))
      return folder;  // it cannot be made: the first write reports it
  }
  static const fs::path fresh =
      [&name] {  // others took all those names: one for as long as this program runs
        std::string path = (temporary_files() / (name + "-XXXXXX")).string();
        return fs::path(mkdtemp(path.data()) ? path : (temporary_files() / name).string());
      }();
  return fresh;
}

/// The home's folders, whatever happens to $HOME later.
fs::path some_home() {
  const fs::path home = home_folder();
  return home.empty() ? temporary_home() : home;
}

bool named_absolutely(const Place& place) { return fs::path(environment(place.variable)).is_absolute(); }

fs::path folder_at(const Place& place) {
  const fs::path named = environment(place.variable);
  return (named.is_absolute() ? named : some_home() / place.below_home) / kProgram;
}

/// What is wrong with $HOME.
std::string home_fault(const fs::path& home) {
  if (home.empty()) return "HOME is not set";
  const std::string name = "HOME (" + home.string() + ")";
  if (!home.is_absolute()) return name + " is not an absolute path";
  return name + (is_folder(home) ? " may not be written to" : " is not a folder");
}

}  // namespace

fs::path home_folder() {
  const fs::path named = environment("HOME");
  if (usable_home(named)) return named;
  const fs::path listed = listed_home();
  return usable_home(listed) ? listed : fs::path();
}

fs::path user_data_folder() { return folder_at(kData); }

fs::path user_config_folder() { return folder_at(kConfig); }

fs::path cache_folder() {
  const std::string own = environment("LATENTFLOW_CACHE");
  return own.empty() ? folder_at(kCache) : fs::path(own);
}

fs::path temporary_files() {
  const fs::path named = environment("TMPDIR");
  if (named.is_absolute() && may_write_into(named)) return named;
  return may_write_into("/tmp") ? "/tmp" : "/var/tmp";
}

std::string user_folders_notice() {
  const fs::path named = environment("HOME");
  if (usable_home(named) || (named_absolutely(kData) && named_absolutely(kConfig))) return "";
  const fs::path home = home_folder();
  if (named.empty() && !home.empty()) return "";
  const std::string place = (home.empty() ? temporary_home() : home).string();
  return home_fault(named) + ": runs and settings are kept in " + place +
         (home.empty() ? ", which the system may clear; set HOME to your own folder"
                       : "; set HOME to another folder to keep them elsewhere");
}

fs::path program_folder() {
  const fs::path program = link_target("/proc/self/exe");
  return program.empty() ? fs::path(".") : program.parent_path();
}

std::vector<fs::path> font_folders() {
  std::vector<fs::path> folders = {"/usr/share/fonts", "/usr/local/share/fonts", "/Library/Fonts"};
  if (const fs::path home = home_folder(); !home.empty()) {
    folders.push_back(home / ".local/share/fonts");
    folders.push_back(home / ".fonts");
  }
  folders.push_back(program_folder().parent_path() / "share" / kProgram / "fonts");
  return folders;
}

}  // namespace lf
