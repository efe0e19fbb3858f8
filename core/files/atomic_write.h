// Reads and writes whole files; a crash never leaves a half-written one.
#pragma once
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "base/errors.h"

namespace lf::files {

/// Writes a file in pieces so that readers see the old file or the whole new one, never a part. The
/// bytes go to `.NAME.tmpPID` in the same folder (a shorter name if that is too long); commit()
/// flushes them to the disk and renames. Without commit() (an error, an exception) the destructor
/// removes the temporary file and the old file stays unchanged.
class AtomicFile {
 public:
  /// Opens the temporary file. Throws RunError when the folder is missing or not writable.
  explicit AtomicFile(std::filesystem::path path);
  ~AtomicFile();
  AtomicFile(const AtomicFile&) = delete;
  AtomicFile& operator=(const AtomicFile&) = delete;
  /// Appends n bytes. Throws RunError, for example when the disk is full.
  void write(const void* data, size_t n);
  /// fsync, rename, fsync of the folder. Call once, at the end.
  void commit();
  /// Only renames: readers see the old file or the new one, but after a power failure both may be
  /// missing.
  void commit_undurably();

 private:
  [[noreturn]] void fail(int error);
  void give_up();
  void close_and_rename();
  void sync_folder() const;
  std::filesystem::path path_;
  std::string aside_;          ///< name of the temporary file
  int folder_ = -1, fd_ = -1;  ///< of the folder and of the temporary file
};

/// Writes n bytes as the whole new content of `path`; all or nothing. Throws RunError naming file and reason.
void write_file_atomically(const std::filesystem::path& path, const void* data, size_t n);
void write_file_atomically(const std::filesystem::path& path, const std::string& text);
void write_file_atomically(const std::filesystem::path& path, const std::vector<uint8_t>& bytes);

/// The error to throw when `path` could not be written: its name, the reason (an errno) and what to
/// do.
RunError cannot_write(const std::filesystem::path& path, int error);

/// Reads a whole regular file of at most max_bytes. Throws InputError when it is missing, not a file or
/// larger.
std::vector<uint8_t> read_file(const std::filesystem::path& path, uint64_t max_bytes);

}  // namespace lf::files
