// MP4, by the program ffmpeg if it is installed: frames go to its standard input, and the finished file is
// renamed.
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <sstream>
#include <utility>

#include "base/errors.h"
#include "base/paths.h"
#include "files/animation/animation_file.h"
#include "files/atomic_write.h"
#include "files/child_process.h"

namespace lf::files {
namespace {

constexpr const char* kMissing =
    "ffmpeg was not found in the PATH; install it (sudo apt install ffmpeg), or name a .webp or .gif";

/// A running ffmpeg. Its input is a socket, because writing to a closed one gives an error instead of a
/// signal.
class Ffmpeg {
 public:
  explicit Ffmpeg(const std::vector<std::string>& arguments) {
    const std::string program = program_in_path("ffmpeg").string();
    if (program.empty()) throw RunError(std::string("cannot make an MP4: ") + kMissing);
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
      throw RunError("cannot make an MP4: no more open files");
    words_ = memfd_create("ffmpeg", MFD_CLOEXEC);
    input_ = ends[0];
    const bool started = child_.start(program, arguments, {ends[1], -1, words_});
    close(ends[1]);
    if (started) return;
    close(input_);
    close(words_);
    throw RunError("cannot make an MP4: " + program + " cannot be started");
  }
  ~Ffmpeg() {
    if (input_ >= 0) close(input_);
    if (words_ >= 0) close(words_);
  }
  Ffmpeg(const Ffmpeg&) = delete;
  Ffmpeg& operator=(const Ffmpeg&) = delete;

  /// Throws RunError if it ended.
  void write(const uint8_t* data, size_t n) {
    for (size_t sent = 0; sent < n;) {
      const ssize_t some = send(input_, data + sent, n - sent, MSG_NOSIGNAL);
      if (some < 0 && errno == EINTR) continue;
      if (some <= 0) fail();
      sent += size_t(some);
    }
  }

  /// Ends its input and waits for it. Throws RunError with its reason if it failed.
  void finish() {
    close(std::exchange(input_, -1));
    if (child_.wait() != 0) fail();
  }

 private:
  [[noreturn]] void fail() {
    if (child_.running()) child_.wait();
    throw RunError("cannot make an MP4: ffmpeg failed: " + last_words());
  }

  /// The last line of its messages.
  std::string last_words() const {
    char text[4096];
    const off_t size = lseek(words_, 0, SEEK_END), from = std::max<off_t>(0, size - off_t(sizeof text));
    const ssize_t read = pread(words_, text, sizeof text, from);
    std::istringstream lines(std::string(text, size_t(std::max<ssize_t>(0, read))));
    std::string last = "it gave no reason";
    for (std::string line; std::getline(lines, line);)
      if (!line.empty()) last = line;
    return last;
  }

  int input_ = -1, words_ = -1;
  ChildProcess child_;
};

class Mp4File : public AnimationFile {
 public:
  Mp4File(std::filesystem::path path, int milliseconds)
      : path_(std::move(path)), milliseconds_(milliseconds) {
    aside_ = path_.parent_path() / ("." + path_.filename().string() + ".tmp" + std::to_string(getpid()));
  }
  ~Mp4File() override {
    ffmpeg_.reset();  // it must not write any more
    if (!done_) remove_path(aside_);
  }

  void add(const Image8& frame) override {
    if (!ffmpeg_) begin(frame);
    check_frame(frame, first_);
    const Image8 colour = in_colour(frame);
    ffmpeg_->write(colour.pixels.data(), colour.pixels.size());
  }

  void finish() override {
    if (!ffmpeg_) throw InputError("an animation needs at least one frame");
    ffmpeg_->finish();
    if (std::rename(aside_.c_str(), path_.c_str()) != 0) throw cannot_write(path_, errno);
    done_ = true;
  }

 private:
  void begin(const Image8& frame) {
    check_frame(frame, frame);
    first_ = {frame.width, frame.height, frame.channels, {}};
    const std::filesystem::path folder = path_.has_parent_path() ? path_.parent_path() : ".";
    if (!is_folder(folder)) throw cannot_write(path_, ENOENT);
    if (access(folder.c_str(), W_OK) != 0) throw cannot_write(path_, errno);
    // The usual encoder of MP4 takes -crf, others -q:v. Players need yuv420p and even sizes.
    ffmpeg_ = std::make_unique<Ffmpeg>(
        std::vector<std::string>{"-v",
                                 "error",
                                 "-f",
                                 "rawvideo",
                                 "-pix_fmt",
                                 "rgb24",
                                 "-s",
                                 std::to_string(frame.width) + "x" + std::to_string(frame.height),
                                 "-r",
                                 "1000/" + std::to_string(milliseconds_),
                                 "-i",
                                 "-",
                                 "-an",
                                 "-vf",
                                 "pad=ceil(iw/2)*2:ceil(ih/2)*2",
                                 "-crf",
                                 "18",
                                 "-q:v",
                                 "2",
                                 "-pix_fmt",
                                 "yuv420p",
                                 "-movflags",
                                 "+faststart",
                                 "-f",
                                 "mp4",
                                 "-y",
                                 "file:" + aside_.string()});
  }

  std::filesystem::path path_, aside_;
  int milliseconds_;
  Image8 first_;  ///< size and channels alone
  std::unique_ptr<Ffmpeg> ffmpeg_;
  bool done_ = false;
};

}  // namespace

std::string mp4_problem() { return program_in_path("ffmpeg").empty() ? kMissing : ""; }

std::unique_ptr<AnimationFile> open_mp4(const std::filesystem::path& path, int milliseconds) {
  return std::make_unique<Mp4File>(path, milliseconds);
}

}  // namespace lf::files
