// Two programs must not write into the folder of one run.
#pragma once
#include <filesystem>
#include <memory>

namespace lf::files {

/// Prevents other programs from writing into a folder: an open-file-description lock on its file
/// `.lock`, which the system releases when its owner dies in any way.
class FolderLock {
 public:
  /// Locks the folder until the last owner of the result releases it; within one program the same
  /// folder gives the same lock again. Throws InputError when another program holds it or a link is
  /// in its place, RunError when the folder is not writable.
  static std::shared_ptr<FolderLock> take(const std::filesystem::path& folder);
  /// True while another program holds it. Takes no lock and never fails: false if this cannot be
  /// found out.
  static bool held_elsewhere(const std::filesystem::path& folder);
  /// Name of the file.
  static constexpr const char* kName = ".lock";

  ~FolderLock();
  FolderLock(const FolderLock&) = delete;
  FolderLock& operator=(const FolderLock&) = delete;

 private:
  explicit FolderLock(int fd) : fd_(fd) {}
  int fd_;
};

}  // namespace lf::files
