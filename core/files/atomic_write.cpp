#include "files/atomic_write.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <utility>

#include "files/descriptor.h"
#include "messages/errors.h"

namespace lf {
namespace {

namespace fs = std::filesystem;

fs::path folder_of(const fs::path& path) {
  return path.has_parent_path() ? path.parent_path() : fs::path(".");
}

fs::path aside_name(const fs::path& path) {
  return folder_of(path) / ("." + path.filename().string() + ".tmp" + std::to_string(getpid()));
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
    default:
      return "";
  }
}

/// Makes the rename itself survive a power cut. File systems that cannot sync a folder lose nothing by it.
void sync_folder(const fs::path& folder) {
  const int fd = open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) return;
  fsync(fd);
  close(fd);
}

}  // namespace

AtomicFile::AtomicFile(fs::path path) : path_(std::move(path)), aside_(aside_name(path_)) {
  if (path_.filename().empty() || fs::is_directory(path_)) fail(EISDIR);
  // What bears the name already was left by a program that died, or is a link laid there to be written
  // through.
  unlink(aside_.c_str());
  fd_ = open(aside_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
  if (fd_ < 0) fail(errno);
}

AtomicFile::~AtomicFile() {
  if (fd_ < 0) return;
  close(fd_);
  unlink(aside_.c_str());
}

void AtomicFile::fail(int error) {
  if (fd_ >= 0) {
    close(fd_);
    unlink(aside_.c_str());
    fd_ = -1;
  }
  throw cannot_write(path_, error);
}

void AtomicFile::write(const void* data, size_t n) {
  const Written written = write_all(fd_, data, n);
  if (written.error != 0) fail(written.error);
}

void AtomicFile::commit() {
  // EINVAL: a place that cannot be synced (a pipe-like file system); the data are as safe as it makes them.
  if (fsync(fd_) != 0 && errno != EINVAL) fail(errno);
  close_and_rename();
  sync_folder(folder_of(path_));
}

void AtomicFile::commit_undurably() { close_and_rename(); }

void AtomicFile::close_and_rename() {
  const int fd = std::exchange(fd_, -1);
  if (close(fd) != 0 || std::rename(aside_.c_str(), path_.c_str()) != 0) {
    const int error = errno;
    unlink(aside_.c_str());
    fail(error);
  }
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
  std::error_code error;
  const auto status = fs::status(path, error);
  if (!fs::exists(status)) throw InputError("cannot read " + name + ": there is no such file");
  if (!fs::is_regular_file(status)) throw InputError("cannot read " + name + ": it is not a file");
  const uint64_t size = fs::file_size(path, error);
  if (error) throw InputError("cannot read " + name + ": " + error.message());
  if (size > max_bytes) {
    throw InputError("cannot read " + name + ": it has " + std::to_string(size) + " bytes, at most " +
                     std::to_string(max_bytes) + " are expected here");
  }
  std::vector<uint8_t> bytes(size);
  std::ifstream in(path, std::ios::binary);
  if (!in) throw InputError("cannot read " + name + ": " + std::strerror(errno));
  in.read(reinterpret_cast<char*>(bytes.data()), std::streamsize(size));
  if (uint64_t(in.gcount()) != size) throw InputError("cannot read " + name + ": it ends early");
  return bytes;
}

}  // namespace lf
