#pragma once
#include <sys/mount.h>

#include <filesystem>
#include <string>

namespace lf::testing {

/// A file system in memory of a few bytes, at a folder, while the object lives. Only root can mount
/// one: see ready().
class SmallDisk {
 public:
  SmallDisk(std::filesystem::path folder, size_t bytes) : folder_(std::move(folder)) {
    std::filesystem::create_directories(folder_);
    const std::string size = "size=" + std::to_string(bytes);
    ready_ = mount("tmpfs", folder_.c_str(), "tmpfs", 0, size.c_str()) == 0;
  }
  ~SmallDisk() {
    if (ready_) umount2(folder_.c_str(), MNT_DETACH);
  }
  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;
  /// False where this user may not mount one.
  bool ready() const { return ready_; }

 private:
  std::filesystem::path folder_;
  bool ready_ = false;
};

}  // namespace lf::testing
