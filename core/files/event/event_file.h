// An event file that TensorBoard reads while it grows.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace lf::files {

/// Appends records. A reader never meets a part of a record that stays: what could not be written as
/// a whole is cut off again.
class EventFile {
 public:
  /// A new file in `folder`, which is made if it is missing. Its name sorts behind those that are
  /// there already, because TensorBoard reads the files of a folder in the order of their names.
  /// Throws RunError if that is not possible.
  explicit EventFile(const std::filesystem::path& folder);
  ~EventFile();
  EventFile(const EventFile&) = delete;
  EventFile& operator=(const EventFile&) = delete;

  /// Appends these events as records in one piece: all, or none and RunError.
  void append(const std::vector<std::string>& events);
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
  int fd_ = -1;
  long long size_ = 0;  ///< bytes of whole records
};

/// True if there is an event file in the folder.
bool holds_event_file(const std::filesystem::path& folder);

}  // namespace lf::files
