#include "files/event/event_file.h"

#include <fcntl.h>
#include <sys/types.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdio>

#include "base/errors.h"
#include "base/paths.h"
#include "files/atomic_write.h"
#include "files/descriptor.h"
#include "files/event/event_bytes.h"

namespace lf::files {
namespace {

namespace fs = std::filesystem;

constexpr const char* kPrefix = "events.out.tfevents.";

double seconds_since_1970() {
  return std::chrono::duration<double>(std::chrono::system_clock::now().time_since_epoch()).count();
}

/// The time and a counter, padded with zeros so that names sort as numbers do.
std::string event_file_name(double seconds, int number) {
  char name[64];
  std::snprintf(name, sizeof name, "%s%010.0f.%04d.latentflow", kPrefix, seconds, number);
  return name;
}

bool is_event_file(const fs::path& file) { return file.filename().string().rfind(kPrefix, 0) == 0; }

/// The last name of an event file in the folder; "" if there is none.
std::string last_event_file(const fs::path& folder) {
  std::string last;
  for (const FolderEntry& entry : folder_entries(folder).entries)
    if (is_event_file(entry.path)) last = std::max(last, entry.path.filename().string());
  return last;
}

}  // namespace

EventFile::EventFile(const fs::path& folder) {
  const std::string why = make_folders(folder);
  if (!why.empty())
    throw RunError("cannot make the folder " + folder.string() + ": " + why + "; choose another place");
  const double now = seconds_since_1970();
  const std::string last = last_event_file(folder);
  int error = EEXIST;
  for (int number = 0; fd_ < 0 && number < 10000 && error == EEXIST; ++number) {
    const std::string name = event_file_name(now, number);
    if (name <= last && number < 9999) continue;
    path_ = folder / name;
    fd_ = open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    error = errno;
  }
  if (fd_ < 0) throw cannot_write(path_, error);
  try {
    append({version_event(now)});
  } catch (...) {
    close(fd_);
    remove_path(path_);
    throw;
  }
}

EventFile::~EventFile() { close(fd_); }

void EventFile::append(const std::vector<std::string>& events) {
  std::string bytes;
  for (const std::string& event : events) bytes += record_bytes(event);
  const off_t whole = static_cast<off_t>(size_);
  lseek(fd_, whole, SEEK_SET);
  const Written written = write_all(fd_, bytes.data(), bytes.size());
  if (written.bytes < bytes.size()) {
    // The next records overwrite what a failed truncation leaves.
    static_cast<void>(ftruncate(fd_, whole) == 0);
    throw cannot_write(path_, written.error);
  }
  size_ += static_cast<long long>(bytes.size());
}

bool holds_event_file(const fs::path& folder) { return !last_event_file(folder).empty(); }

}  // namespace lf::files
