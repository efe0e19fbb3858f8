#include "app/script_channel.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

#include "base/errors.h"

namespace lf::app {
namespace {

constexpr int kMostReads = 16;  ///< in one call: a flood of lines must not stop the window

}  // namespace

bool is_script_channel(const std::string& path) {
  struct stat facts {};
  return path == "-" || (stat(path.c_str(), &facts) == 0 && S_ISFIFO(facts.st_mode));
}

ScriptChannel::ScriptChannel(const std::string& path) {
  if (path == "-") {
    fd_ = STDIN_FILENO;
    return;
  }
  // Also open for writing: the pipe then does not end when a writer closes it, and opening it does
  // not wait for one.
  fd_ = ::open(path.c_str(), O_RDWR | O_NONBLOCK | O_CLOEXEC);
  if (fd_ < 0)
    throw InputError("--script " + path + ": the named pipe cannot be opened: " + std::strerror(errno) +
                     "; it must be readable and writable");
  owned_ = true;
}

ScriptChannel::~ScriptChannel() { end(); }

ScriptChannel::ScriptChannel(ScriptChannel&& other) noexcept
    : fd_(std::exchange(other.fd_, -1)),
      owned_(std::exchange(other.owned_, false)),
      partial_(std::move(other.partial_)) {}

ScriptChannel& ScriptChannel::operator=(ScriptChannel&& other) noexcept {
  std::swap(fd_, other.fd_);
  std::swap(owned_, other.owned_);
  std::swap(partial_, other.partial_);
  return *this;
}

void ScriptChannel::end() {
  if (owned_ && fd_ >= 0) ::close(fd_);
  fd_ = -1;
}

void ScriptChannel::add(const char* bytes, size_t count, std::vector<std::string>& lines) {
  for (size_t i = 0; i < count; ++i) {
    if (bytes[i] == '\n')
      lines.push_back(std::exchange(partial_, ""));
    else if (partial_.size() <= kLongestLine)
      partial_ += bytes[i];
  }
}

std::vector<std::string> ScriptChannel::take_lines() {
  std::vector<std::string> lines;
  std::array<char, 4096> block;
  for (int reads = 0; open() && reads < kMostReads; ++reads) {
    // Asked first, because standard input may be shared with a shell, which must not find it
    // non-blocking.
    pollfd source{fd_, POLLIN, 0};
    if (poll(&source, 1, 0) <= 0) break;
    const ssize_t count = ::read(fd_, block.data(), block.size());
    if (count < 0 && (errno == EINTR || errno == EAGAIN)) break;
    if (count > 0) {
      add(block.data(), static_cast<size_t>(count), lines);
      continue;
    }
    end();
    if (!partial_.empty()) lines.push_back(std::exchange(partial_, ""));
  }
  return lines;
}

}  // namespace lf::app
