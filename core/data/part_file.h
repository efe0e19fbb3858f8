#pragma once
#include <cstddef>
#include <cstdint>
#include <filesystem>

namespace lf {

/// The file in which a download grows: it outlives an interruption, and one program at a time holds it.
/// Nothing is ever written through a link. Errors are RunErrors of one line.
class PartFile {
 public:
  /// Opens `path` to go on at its end, or makes it. What bears that name but is a link, a pipe or a file with
  /// a second name is taken away (itself, not what it points to). Throws when the place cannot be written to,
  /// or another program holds the file.
  explicit PartFile(std::filesystem::path path);
  /// Closes it. An empty one is removed: there is nothing to go on from.
  ~PartFile();
  PartFile(const PartFile&) = delete;
  PartFile& operator=(const PartFile&) = delete;

  const std::filesystem::path& path() const { return path_; }
  uint64_t size() const { return size_; }  ///< bytes
  void append(const void* data, size_t n);
  /// Reads up to n bytes from `offset` on; returns how many, 0 at the end.
  size_t read(uint64_t offset, void* data, size_t n) const;
  /// Cuts it to nothing.
  void clear();
  /// Flushes it to the disk and gives it its final name. Throws when it was removed or replaced meanwhile.
  void rename_to(const std::filesystem::path& target);

 private:
  std::filesystem::path path_;
  int fd_ = -1;
  uint64_t size_ = 0;
};

}  // namespace lf
