#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace lf {

/// The small thread that writes what the window has to write (ui-map, screenshots, user state), so that no
/// frame ever waits for a disk or a PNG.
class Writer {
 public:
  Writer();
  /// Finishes what is queued.
  ~Writer();
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;

  /// Writes text to a file atomically (folders are made). Of several queued for the same file only the last
  /// is written. `durable` waits for the disk: for what must outlive a power cut, not for what is written ten
  /// times a second.
  void text(const std::string& path, std::string contents, bool durable);
  /// Writes a PNG from RGB rows, first row at the bottom (as OpenGL reads them).
  void screenshot(const std::string& path, int width, int height, std::vector<uint8_t> rgb);
  /// The first thing that could not be written since the last call; "" when all went well.
  std::string take_error();
  /// Waits until everything queued so far is written.
  void flush();

 private:
  struct Job {
    std::string path;
    bool replaceable;
    std::function<void()> write;
  };
  void push(Job job);
  void run();

  std::mutex mutex_;
  std::condition_variable changed_, idle_;
  std::deque<Job> queue_;
  bool busy_ = false, ending_ = false;
  std::string error_;
  std::thread thread_;
};

}  // namespace lf
