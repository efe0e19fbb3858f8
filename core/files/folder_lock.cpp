#include "files/folder_lock.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <map>
#include <mutex>
#include <utility>

#include "base/errors.h"
#include "files/descriptor.h"

namespace lf::files {
namespace {

namespace fs = std::filesystem;

using FileId = std::pair<dev_t, ino_t>;

std::mutex guard;
std::map<FileId, std::weak_ptr<FolderLock>>& held_here() {
  static std::map<FileId, std::weak_ptr<FolderLock>> locks;
  return locks;
}

FileId id_of(int fd) {
  struct stat s {};
  fstat(fd, &s);
  return {s.st_dev, s.st_ino};
}

/// A run folder may come from anyone: a link in place of the lock must not create a file elsewhere,
/// and a pipe must not block.
constexpr int kCarefully = O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC;

}  // namespace

std::shared_ptr<FolderLock> FolderLock::take(const fs::path& folder) {
  const std::lock_guard<std::mutex> only(guard);
  const fs::path file = folder / kName;
  const int fd = open(file.c_str(), O_RDWR | O_CREAT | kCarefully, 0666);
  if (fd < 0 && errno == ELOOP)
    throw InputError("cannot use " + folder.string() + ": its " + kName +
                     " is a link to another place; remove it");
  if (fd < 0)
    throw RunError("cannot write into '" + folder.string() + "': " + std::strerror(errno) +
                   "; choose a place you may write to");
  auto& ours = held_here()[id_of(fd)];
  if (auto held = ours.lock()) {
    close(fd);
    return held;
  }
  if (!lock_against_others(fd)) {
    close(fd);
    throw InputError("cannot use " + folder.string() +
                     ": another Latent Flow Explorer works in it; close that one, or choose another folder");
  }
  std::shared_ptr<FolderLock> lock(new FolderLock(fd));
  ours = lock;
  return lock;
}

bool FolderLock::held_elsewhere(const fs::path& folder) {
  const std::lock_guard<std::mutex> only(guard);
  const int fd = open((folder / kName).c_str(), O_RDONLY | kCarefully);
  if (fd < 0) return false;
  const auto ours = held_here().find(id_of(fd));
  const bool here = ours != held_here().end() && !ours->second.expired();
  const bool locked = locked_by_another(fd);
  close(fd);
  return locked && !here;
}

FolderLock::~FolderLock() { close(fd_); }

}  // namespace lf::files
