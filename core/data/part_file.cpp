#include "data/part_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <utility>

#include "base/errors.h"
#include "files/atomic_write.h"
#include "files/descriptor.h"

namespace lf::data {
namespace {

namespace fs = std::filesystem;

/// A file with no other name: bytes written to it end up nowhere else.
bool plain(const struct stat& s) { return S_ISREG(s.st_mode) && s.st_nlink == 1; }

int open_plain(const fs::path& path) {
  struct stat s {};
  if (lstat(path.c_str(), &s) == 0 && !plain(s)) unlink(path.c_str());
  const int fd = open(path.c_str(), O_RDWR | O_APPEND | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0666);
  if (fd < 0) throw files::cannot_write(path, errno);
  return fd;
}

/// True if `path` still names the open file.
bool still_names(const fs::path& path, int fd) {
  struct stat there {
  }, open_one{};
  return lstat(path.c_str(), &there) == 0 && fstat(fd, &open_one) == 0 && plain(there) &&
         there.st_dev == open_one.st_dev && there.st_ino == open_one.st_ino;
}

}  // namespace

PartFile::PartFile(fs::path path) : path_(std::move(path)), fd_(open_plain(path_)) {
  const bool ours = files::lock_against_others(fd_);
  if (!ours || !still_names(path_, fd_)) {  // its previous owner may have just given it its final name
    close(fd_);
    throw RunError("cannot download into '" + path_.parent_path().string() +
                   "': another program downloads into it; wait for that one, or name a folder with --data");
  }
  struct stat s {};
  fstat(fd_, &s);
  size_ = uint64_t(s.st_size);
}

PartFile::~PartFile() {
  if (size_ == 0 && still_names(path_, fd_)) unlink(path_.c_str());
  close(fd_);
}

void PartFile::append(const void* data, size_t n) {
  const files::Written written = files::write_all(fd_, data, n);
  size_ += uint64_t(written.bytes);
  if (written.error != 0) throw files::cannot_write(path_, written.error);
}

size_t PartFile::read(uint64_t offset, void* data, size_t n) const {
  const ssize_t done = pread(fd_, data, n, off_t(offset));
  if (done < 0) throw RunError("cannot read '" + path_.string() + "': " + std::strerror(errno));
  return size_t(done);
}

void PartFile::clear() {
  if (ftruncate(fd_, 0) != 0) throw files::cannot_write(path_, errno);
  size_ = 0;
}

void PartFile::rename_to(const fs::path& target) {
  if (fsync(fd_) != 0 && errno != EINVAL) throw files::cannot_write(path_, errno);
  if (!still_names(path_, fd_)) {
    throw RunError("cannot keep '" + target.string() +
                   "': the file it was downloaded into was removed meanwhile; try again");
  }
  if (std::rename(path_.c_str(), target.c_str()) != 0) throw files::cannot_write(target, errno);
}

}  // namespace lf::data
