// Files written in the background: no frame waits for a disk or a PNG.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace lf::app {

/// The thread that writes the window's files: ui-map, screenshots, user state.
class Writer {
 public:
  Writer();
  /// Finishes the queue.
  ~Writer();
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;

  /// Writes text to a file atomically (folders are created). Of several queued for the same file
  /// only the last is written. `durable` waits for the disk: for files that must survive a power
  /// failure, not for those written ten times per second.
  void text(const std::string& path, std::string contents, bool durable);
  /// Writes a PNG from RGB rows, first row at the bottom (as OpenGL reads them).
  void screenshot(const std::string& path, int width, int height, std::vector<uint8_t> rgb);
  /// The first failed write since the last call; "" if there was none.
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

}  // namespace lf::app
