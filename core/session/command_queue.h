// How commands reach the worker; latest_value.h is the opposite direction.
#pragma once
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <utility>
#include <vector>

namespace lf {

/// Commands from many threads to one. Order is kept and nothing is lost, except that a command may
/// replace an older one of its kind (a slider that moved again), if `same_kind_replaces(queued,
/// newer)`; it is found by argument-dependent lookup.
template <class Command>
class CommandQueue {
 public:
  using Clock = std::chrono::steady_clock;

  /// Appends a command and wakes the reader.
  void push(Command command) {
    {
      std::lock_guard<std::mutex> lock(mutex_);
      drop_replaced(command);
      queue_.push_back(std::move(command));
      ++pushed_;
    }
    changed_.notify_one();
  }

  /// All commands queued so far, oldest first; empties the queue. `pushed` becomes the number ever
  /// pushed, including replaced ones.
  std::vector<Command> take(uint64_t* pushed = nullptr) {
    std::lock_guard<std::mutex> lock(mutex_);
    if (pushed) *pushed = pushed_;
    return std::exchange(queue_, {});
  }

  /// Sleeps until there is a command or the queue is closed.
  void wait() {
    std::unique_lock<std::mutex> lock(mutex_);
    changed_.wait(lock, [this] { return ready(); });
  }

  /// The same, but no longer than until `deadline`. True when there is a command or the queue is closed.
  bool wait_until(Clock::time_point deadline) {
    std::unique_lock<std::mutex> lock(mutex_);
    return changed_.wait_until(lock, deadline, [this] { return ready(); });
  }

  /// Ends all waiting, now and later. Queued commands stay.
  void close() {
    {
      std::lock_guard<std::mutex> lock(mutex_);
      closed_ = true;
    }
    changed_.notify_all();
  }

  bool closed() const {
    std::lock_guard<std::mutex> lock(mutex_);
    return closed_;
  }

 private:
  bool ready() const { return closed_ || !queue_.empty(); }

  /// Removes the queued command that the newer one replaces. The search stops at the first command
  /// of a kind that cannot be replaced: moving a slider value past, say, `train` would change what
  /// that command applies to.
  void drop_replaced(const Command& newer) {
    for (auto it = queue_.rbegin(); it != queue_.rend() && same_kind_replaces(*it, *it); ++it) {
      if (same_kind_replaces(*it, newer)) {
        queue_.erase(std::next(it).base());
        return;
      }
    }
  }

  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<Command> queue_;
  uint64_t pushed_ = 0;
  bool closed_ = false;
};

}  // namespace lf
