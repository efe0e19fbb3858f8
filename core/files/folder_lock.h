#pragma once
#include <filesystem>
#include <memory>

namespace lf {

/// Keeps other programs from writing into a folder: an open-file-description lock on its file `.lock`, which
/// the system drops when its owner dies, however it dies.
class FolderLock {
 public:
  /// Locks the folder, until the last owner of what is returned lets go; within one program the same folder
  /// gives the same lock again. Throws InputError when another program holds it or a link stands in its
  /// place, RunError when the folder cannot be written to.
  static std::shared_ptr<FolderLock> take(const std::filesystem::path& folder);
  /// True while another program holds it. Takes nothing, and never fails: what cannot be asked is free.
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

}  // namespace lf
