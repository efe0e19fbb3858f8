#include "parallel/cpu_quota.h"

#include <algorithm>
#include <fstream>
#include <sstream>
#include <vector>

namespace lf::parallel {
namespace {

namespace fs = std::filesystem;

/// A positive number at the start of a file; nothing for "max", −1 and unreadable files.
std::optional<double> number_in(const fs::path& file) {
  std::ifstream in(file);
  double value = 0;
  if (in >> value && value > 0) return value;
  return std::nullopt;
}

std::optional<double> quota_of_version_2(const fs::path& group) {
  std::ifstream in(group / "cpu.max");
  double quota = 0, period = 0;
  if (in >> quota >> period && quota > 0 && period > 0) return quota / period;
  return std::nullopt;
}

std::optional<double> quota_of_version_1(const fs::path& group) {
  const auto quota = number_in(group / "cpu.cfs_quota_us"), period = number_in(group / "cpu.cfs_period_us");
  if (quota && period) return *quota / *period;
  return std::nullopt;
}

/// The group named `path` below `mount`, and all above it: each may set a limit. Inside a container
/// the path is that of the host and does not exist, while the mount itself is the container's
/// group.
std::vector<fs::path> groups_above(const fs::path& mount, const std::string& path) {
  std::vector<fs::path> found{mount};
  fs::path group = mount;
  for (const fs::path& name : fs::path(path).relative_path()) {
    if (name == "..") break;
    found.push_back(group /= name);
  }
  return found;
}

bool names_controller(const std::string& controllers, const std::string& wanted) {
  std::istringstream in(controllers);
  for (std::string one; std::getline(in, one, ',');) {
    if (one == wanted) return true;
  }
  return false;
}

std::string text_of_file(const char* path) {
  std::ifstream in(path);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

}  // namespace

std::optional<double> cpu_quota(const std::string& groups, const fs::path& mounts) {
  std::optional<double> least;
  const auto take = [&](const std::optional<double>& quota) {
    if (quota) least = least ? std::min(*least, *quota) : *quota;
  };
  std::istringstream in(groups);
  for (std::string line; std::getline(in, line);) {  // "number:controllers:/path"
    const size_t first = line.find(':'), second = line.find(':', first + 1);
    if (first == std::string::npos || second == std::string::npos) continue;
    const std::string controllers = line.substr(first + 1, second - first - 1),
                      path = line.substr(second + 1);
    if (controllers.empty()) {
      for (const fs::path& group : groups_above(mounts, path)) take(quota_of_version_2(group));
    } else if (names_controller(controllers, "cpu")) {
      for (const fs::path& group : groups_above(mounts / "cpu", path)) take(quota_of_version_1(group));
    }
  }
  return least;
}

std::optional<double> cpu_quota() { return cpu_quota(text_of_file("/proc/self/cgroup"), "/sys/fs/cgroup"); }

}  // namespace lf::parallel
