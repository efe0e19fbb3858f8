#include "base/distinct_files.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <optional>

#include "base/errors.h"
#include "base/paths.h"

namespace lf {
namespace {

namespace fs = std::filesystem;

using Identity = std::pair<dev_t, ino_t>;

std::optional<Identity> identity_of(const fs::path& path) {
  struct stat status {};
  if (stat(path.c_str(), &status) != 0) return std::nullopt;
  return Identity{status.st_dev, status.st_ino};
}

/// Where a dangling link would create its file.
fs::path followed(fs::path path) {
  constexpr int kMostLinks = 40;
  std::array<char, 4096> target;
  for (int i = 0; i < kMostLinks; ++i) {
    const ssize_t n = readlink(path.c_str(), target.data(), target.size());
    if (n <= 0 || size_t(n) == target.size()) return path;
    path = folder_of(path) / fs::path(std::string(target.data(), size_t(n)));
  }
  return path;
}

/// For missing files: the same name in the same folder. A folder that is missing too is compared by
/// its name.
bool same_future_place(const fs::path& a, const fs::path& b) {
  const auto first = identity_of(folder_of(a)), second = identity_of(folder_of(b));
  if (first.has_value() != second.has_value()) return false;
  if (!first) return a.lexically_normal() == b.lexically_normal();
  return *first == *second && a.filename() == b.filename();
}

}  // namespace

const std::vector<std::string>& run_files() {
  static const std::vector<std::string> names{"model.safetensors",   "checkpoint.safetensors",
                                              "gallery.safetensors", "history.csv",
                                              "report.json",         "commands.log"};
  return names;
}

bool same_file(const std::string& a, const std::string& b) {
  const auto first = identity_of(a), second = identity_of(b);
  if (first && second) return *first == *second;
  if (first || second) return false;
  return same_future_place(followed(a), followed(b));
}

void require_distinct_files(const std::vector<NamedFile>& files) {
  for (size_t i = 0; i < files.size(); ++i) {
    for (size_t j = 0; j < i; ++j) {
      const NamedFile& written = files[i].written ? files[i] : files[j];
      const NamedFile& other = files[i].written ? files[j] : files[i];
      if (!written.written || written.path.empty() || other.path.empty()) continue;
      if (!same_file(written.path, other.path)) continue;
      throw InputError(written.what + " " + written.path + ": this is the file of " + other.what +
                       (other.path == written.path ? "" : " " + other.path) + "; name another");
    }
  }
}

void require_no_run_file(const std::string& what, const std::string& path) {
  const fs::path file(path), checkpoint = folder_of(file) / "checkpoint.safetensors";
  const auto& names = run_files();
  const bool own = std::find(names.begin(), names.end(), file.filename().string()) != names.end();
  if (own && identity_of(checkpoint))
    throw InputError(what + " " + path + ": this is a file of the run in that folder; name another");
}

}  // namespace lf
