#include "app/writer.h"

#include <algorithm>
#include <exception>
#include <filesystem>
#include <utility>

#include "base/paths.h"
#include "files/atomic_write.h"
#include "files/image/png.h"
#include "session/start_thread.h"

namespace lf::app {
namespace {

void write_screenshot(const std::string& path, int width, int height, const std::vector<uint8_t>& rgb) {
  files::Image8 image;
  image.width = width;
  image.height = height;
  image.channels = 3;
  image.pixels.resize(rgb.size());
  const size_t row = static_cast<size_t>(width) * 3;
  for (int y = 0; y < height; ++y) {
    const size_t from = static_cast<size_t>(height - 1 - y) * row;
    std::copy(rgb.begin() + static_cast<std::ptrdiff_t>(from),
              rgb.begin() + static_cast<std::ptrdiff_t>(from + row),
              image.pixels.begin() + static_cast<std::ptrdiff_t>(static_cast<size_t>(y) * row));
  }
  files::write_png(path, image);
}

/// For files written many times per second: a reader sees the old text or the new one, without
/// waiting for the disk.
void replace_file(const std::string& path, const std::string& contents) {
  files::AtomicFile file(path);
  file.write(contents.data(), contents.size());
  file.commit_undurably();
}

}  // namespace

Writer::Writer() : thread_(start_thread("the file writer", [this] { run(); })) {}

Writer::~Writer() {
  {
    std::lock_guard<std::mutex> lock(mutex_);
    ending_ = true;
  }
  changed_.notify_one();
  thread_.join();
}

void Writer::push(Job job) {
  {
    std::lock_guard<std::mutex> lock(mutex_);
    if (job.replaceable) {
      queue_.erase(std::remove_if(queue_.begin(), queue_.end(),
                                  [&](const Job& old) { return old.replaceable && old.path == job.path; }),
                   queue_.end());
    }
    queue_.push_back(std::move(job));
  }
  changed_.notify_one();
}

void Writer::text(const std::string& path, std::string contents, bool durable) {
  push({path, true, [path, durable, contents = std::move(contents)] {
          const auto folder = std::filesystem::path(path).parent_path();
          const std::string why = folder.empty() ? "" : make_folders(folder);
          if (!why.empty()) throw RunError("cannot make the folder " + folder.string() + ": " + why);
          if (durable)
            files::write_file_atomically(path, contents);
          else
            replace_file(path, contents);
        }});
}

void Writer::screenshot(const std::string& path, int width, int height, std::vector<uint8_t> rgb) {
  push({path, false,
        [path, width, height, rgb = std::move(rgb)] { write_screenshot(path, width, height, rgb); }});
}

std::string Writer::take_error() {
  std::lock_guard<std::mutex> lock(mutex_);
  return std::exchange(error_, "");
}

void Writer::flush() {
  std::unique_lock<std::mutex> lock(mutex_);
  idle_.wait(lock, [this] { return queue_.empty() && !busy_; });
}

void Writer::run() {
  std::unique_lock<std::mutex> lock(mutex_);
  while (true) {
    changed_.wait(lock, [this] { return ending_ || !queue_.empty(); });
    if (queue_.empty()) return;
    const Job job = std::move(queue_.front());
    queue_.pop_front();
    busy_ = true;
    lock.unlock();
    std::string failure;
    try {
      job.write();
    } catch (const std::exception& e) {
      failure = e.what();
    }
    lock.lock();
    busy_ = false;
    if (error_.empty()) error_ = failure;
    if (queue_.empty()) idle_.notify_all();
  }
}

}  // namespace lf::app
