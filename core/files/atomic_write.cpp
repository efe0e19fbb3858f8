#include "files/atomic_write.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <utility>

#include "base/errors.h"
#include "base/paths.h"
#include "files/descriptor.h"

namespace lf::files {
namespace {

namespace fs = std::filesystem;

std::string ending() { return ".tmp" + std::to_string(getpid()); }

/// A short name unique in the folder: FNV-1a of the whole name.
std::string short_name(const std::string& name) {
  uint64_t hash = 0xCBF29CE484222325;
  for (const char letter : name) hash = (hash ^ static_cast<unsigned char>(letter)) * 0x100000001B3;
  char text[32];
  std::snprintf(text, sizeof text, "latentflow-%016llx", static_cast<unsigned long long>(hash));
  return text;
}

const char* advice(int error) {
  switch (error) {
    case ENOSPC:
    case EDQUOT:
      return "; free some space or choose another place";
    case ENOENT:
    case ENOTDIR:
      return "; make the folder first or choose another place";
    case EFBIG:
      return "; raise the limit of a file's size (ulimit -f) or choose another place";
    case EACCES:
    case EPERM:
    case EROFS:
      return "; choose a place you may write to";
    case ENAMETOOLONG:
      return "; choose a shorter name";
    default:
      return "";
  }
}

/// Closes what it holds.
struct Descriptor {
  explicit Descriptor(int opened) : fd(opened) {}
  ~Descriptor() {
    if (fd >= 0) close(fd);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int fd;
};

}  // namespace

AtomicFile::AtomicFile(fs::path path) : path_(std::move(path)) {
  if (path_.filename().empty() || is_folder(path_)) fail(EISDIR);
  // The folder is held open: a path near the length limit would be too long with the temporary
  // file's name.
  folder_ = open(folder_of(path_).c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC);
  if (folder_ < 0) fail(errno);
  const std::string name = path_.filename().string();
  int error = 0;
  for (const std::string& readable : {name, short_name(name)}) {  // a name may have the system's maximum
                                                                  // length
    aside_ = "." + readable + ending();
    // An existing file of this name was left by a killed program, or is a link placed there to
    // redirect the write.
    unlinkat(folder_, aside_.c_str(), 0);
    fd_ = openat(folder_, aside_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (fd_ >= 0) return;
    error = errno;
    if (error != ENAMETOOLONG) break;
  }
  fail(error);
}

AtomicFile::~AtomicFile() { give_up(); }

void AtomicFile::give_up() {
  if (fd_ >= 0) {
    close(fd_);
    unlinkat(folder_, aside_.c_str(), 0);
  }
  if (folder_ >= 0) close(folder_);
  fd_ = folder_ = -1;
}

void AtomicFile::fail(int error) {
  give_up();
  throw cannot_write(path_, error);
}

void AtomicFile::write(const void* data, size_t n) {
  const Written written = write_all(fd_, data, n);
  if (written.error != 0) fail(written.error);
}

void AtomicFile::commit() {
  // EINVAL: a file system that cannot sync (a pipe-like one); the data are as safe as it allows.
  if (fsync(fd_) != 0 && errno != EINVAL) fail(errno);
  close_and_rename();
  sync_folder();
}

/// Makes the rename itself survive a power failure. File systems that cannot sync a folder lose
/// nothing by it.
void AtomicFile::sync_folder() const {
  const int fd = openat(folder_, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) return;
  fsync(fd);
  close(fd);
}

void AtomicFile::commit_undurably() { close_and_rename(); }

void AtomicFile::close_and_rename() {
  const int fd = std::exchange(fd_, -1);
  const bool closed = close(fd) == 0;
  if (closed && renameat(folder_, aside_.c_str(), folder_, path_.filename().c_str()) == 0) return;
  const int error = errno;
  unlinkat(folder_, aside_.c_str(), 0);
  fail(error);
}

RunError cannot_write(const fs::path& path, int error) {
  return RunError("cannot write '" + path.string() + "': " + std::strerror(error) + advice(error));
}

void write_file_atomically(const fs::path& path, const void* data, size_t n) {
  AtomicFile file(path);
  file.write(data, n);
  file.commit();
}
void write_file_atomically(const fs::path& path, const std::string& text) {
  write_file_atomically(path, text.data(), text.size());
}
void write_file_atomically(const fs::path& path, const std::vector<uint8_t>& bytes) {
  write_file_atomically(path, bytes.data(), bytes.size());
}

std::vector<uint8_t> read_file(const fs::path& path, uint64_t max_bytes) {
  const std::string name = "'" + path.string() + "'";
  if (const std::string why = no_file_reason(path); !why.empty())
    throw InputError("cannot read " + name + ": " + why);
  // A pipe may have replaced the file since: do not block on it.
  const Descriptor file(open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC));
  struct stat s {};
  if (file.fd < 0 || fstat(file.fd, &s) != 0)
    throw InputError("cannot read " + name + ": " + std::strerror(errno));
  if (!S_ISREG(s.st_mode)) throw InputError("cannot read " + name + ": it is not a file");
  const auto size = static_cast<uint64_t>(s.st_size);
  if (size > max_bytes) {
    throw InputError("cannot read " + name + ": it has " + std::to_string(size) + " bytes, at most " +
                     std::to_string(max_bytes) + " are expected here");
  }
  std::vector<uint8_t> bytes(size);
  const Written got = read_all(file.fd, bytes.data(), bytes.size());
  if (got.error != 0) throw InputError("cannot read " + name + ": " + std::strerror(got.error));
  if (got.bytes != size) throw InputError("cannot read " + name + ": it ends early");
  return bytes;
}

}  // namespace lf::files
