#include "files/disk_space.h"

#include <sys/statvfs.h>

#include "base/paths.h"

namespace lf::files {

uint64_t free_disk_bytes(const std::filesystem::path& path) {
  std::filesystem::path there = absolute_path(path);
  while (!path_exists(there) && there.has_relative_path()) there = there.parent_path();
  struct statvfs disk {};
  if (statvfs(there.c_str(), &disk) != 0) return 0;
  return static_cast<uint64_t>(disk.f_bavail) * disk.f_frsize;
}

}  // namespace lf::files
