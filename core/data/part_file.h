// Storage of an unfinished download.
#pragma once
#include <cstddef>
#include <cstdint>
#include <filesystem>

namespace lf::data {

/// The partial file of a download: it survives an interruption, and one program at a time holds it.
/// Nothing is ever written through a link. Errors are RunErrors of one line.
class PartFile {
 public:
  /// Opens `path` to continue at its end, or creates it. A link, a pipe or a hard link of that name
  /// is removed (itself, not its target). Throws when the folder is not writable, or another
  /// program holds the file.
  explicit PartFile(std::filesystem::path path);
  /// Closes it. An empty one is removed.
  ~PartFile();
  PartFile(const PartFile&) = delete;
  PartFile& operator=(const PartFile&) = delete;

  const std::filesystem::path& path() const { return path_; }
  uint64_t size() const { return size_; }  ///< bytes
  void append(const void* data, size_t n);
  /// Reads up to n bytes from `offset` on; returns the number read, 0 at the end.
  size_t read(uint64_t offset, void* data, size_t n) const;
  /// Truncates it to nothing.
  void clear();
  /// Flushes it to the disk and gives it its final name. Throws when it was removed or replaced meanwhile.
  void rename_to(const std::filesystem::path& target);

 private:
  std::filesystem::path path_;
  int fd_ = -1;
  uint64_t size_ = 0;
};

}  // namespace lf::data
