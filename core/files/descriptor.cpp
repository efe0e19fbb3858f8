#include "files/descriptor.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

namespace lf::files {
namespace {

struct flock whole_file(short type) {
  struct flock request {};
  request.l_type = type;
  request.l_whence = SEEK_SET;
  return request;
}

}  // namespace

Written write_all(int fd, const void* data, size_t n) {
  auto p = static_cast<const char*>(data);
  Written written;
  while (written.bytes < n) {
    const ssize_t done = ::write(fd, p + written.bytes, n - written.bytes);
    if (done < 0 && errno == EINTR) continue;
    if (done < 0) {
      written.error = errno;
      break;
    }
    written.bytes += size_t(done);
  }
  return written;
}

Written read_all(int fd, void* data, size_t n) {
  auto p = static_cast<char*>(data);
  Written got;
  while (got.bytes < n) {
    const ssize_t done = ::read(fd, p + got.bytes, n - got.bytes);
    if (done < 0 && errno == EINTR) continue;
    if (done < 0) got.error = errno;
    if (done <= 0) break;
    got.bytes += size_t(done);
  }
  return got;
}

bool lock_against_others(int fd) {
  struct flock request = whole_file(F_WRLCK);
  return fcntl(fd, F_OFD_SETLK, &request) == 0 || (errno != EAGAIN && errno != EACCES);
}

bool locked_by_another(int fd) {
  struct flock request = whole_file(F_RDLCK);
  return fcntl(fd, F_OFD_GETLK, &request) == 0 && request.l_type != F_UNLCK;
}

}  // namespace lf::files
