// The worker thread, for any kind of command and snapshot, so that tests can use small ones.
#pragma once
#include <atomic>
#include <chrono>
#include <exception>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <type_traits>
#include <utility>

#include "session/basic_workload.h"
#include "session/command_queue.h"
#include "session/latest_value.h"
#include "session/start_thread.h"
#include "session/thread_priority.h"

namespace lf {

/// One worker thread that owns a workload: it applies the commands sent from other threads,
/// advances the work slice by slice and publishes snapshots. Loop: wait for a command or
/// work -> apply -> advance one slice -> publish.
template <class Command, class Snapshot>
class BasicSession {
 public:
  using Workload = BasicWorkload<Command, Snapshot>;
  /// Makes the workload; runs on the worker thread, so that heavy setup does not block the window.
  using Factory = std::function<std::unique_ptr<Workload>()>;

  struct Options {
    std::chrono::milliseconds publish_interval{33};  ///< shortest time between two snapshots
    int nice_increment = 5;                          ///< lowers the worker's priority below the window's;
                                                     ///< 0 = unchanged
    /// Called on the worker after every publication (glfwPostEmptyEvent in the window).
    std::function<void()> wake = nullptr;
    /// Writes into a snapshot that the factory failed, and why: there is no workload that could.
    std::function<void(Snapshot&, const std::string&)> describe_failure = nullptr;
  };

  /// Starts the worker. Throws RunError if the system cannot create a thread.
  explicit BasicSession(Factory factory, Options options = {})
      : factory_(std::move(factory)), options_(std::move(options)) {
    latest_.set(std::make_shared<const Snapshot>());
    worker_ = start_thread("the worker", [this] { run(); });
  }
  ~BasicSession() { stop(); }
  BasicSession(const BasicSession&) = delete;
  BasicSession& operator=(const BasicSession&) = delete;

  /// Queues a command; any thread, never waits. After the end of the worker it has no effect.
  void send(Command command) { queue_.push(std::move(command)); }

  /// The latest snapshot, never null (a default-made one before the first); any thread, never waits for work.
  std::shared_ptr<const Snapshot> snapshot() const { return latest_.get(); }
  /// The number of commands sent so far, in their order, that a snapshot taken after this call
  /// includes.
  uint64_t obeyed() const { return obeyed_.load(std::memory_order_acquire); }
  /// Counts publications: a panel redraws when it changed.
  uint64_t version() const { return latest_.version(); }

  /// Ends the worker after the current slice: commands queued before are still applied,
  /// Workload::finish() is called, a last snapshot published, the thread joined. Call from the
  /// thread that made the session; again: no effect.
  void stop() {
    queue_.close();
    if (worker_.joinable()) worker_.join();
  }

  /// True once the worker has ended: the workload requested the end, stop() was called, or the
  /// factory failed (then the snapshot says why, see Options::describe_failure).
  bool finished() const { return finished_.load(std::memory_order_acquire); }

 private:
  using Clock = std::chrono::steady_clock;

  void run() {
    if (options_.nice_increment != 0) lower_thread_priority(options_.nice_increment);
    if (make_workload()) {
      publish();
      while (!queue_.closed() && !workload_->finished()) turn();
      obey();
      guarded([this] { workload_->finish(); });
      publish();
      guarded([this] { workload_.reset(); });
    }
    finished_.store(true, std::memory_order_release);
    wake();
  }

  bool make_workload() {
    std::string reason = "the set-up returned nothing";
    try {
      workload_ = factory_();
    } catch (...) {
      reason = text_of(std::current_exception());
    }
    if (!workload_) publish_failure(reason);
    return workload_ != nullptr;
  }

  /// One iteration of the loop.
  void turn() {
    if (!more_) rest();
    if (obey()) more_ = true;
    if (more_ && !workload_->finished()) more_ = guarded([this] { return workload_->advance(); });
    if (Clock::now() >= next_publication_) publish();
  }

  /// Idle: publish pending changes as soon as the rate allows, then sleep.
  void rest() {
    if (unseen_) {
      if (queue_.wait_until(next_publication_)) return;
      publish();
    }
    queue_.wait();
  }

  /// Applies all queued commands; true if there was one. An exception of one does not stop the
  /// next.
  bool obey() {
    const auto commands = queue_.take(&taken_);
    for (const Command& command : commands) {
      if (workload_->finished()) break;
      guarded([&] { workload_->apply(command); });
    }
    if (!commands.empty()) unseen_ = true;
    return !commands.empty();
  }

  /// Calls f; an exception becomes the workload's error state, and the call then counts as "no more work".
  template <class F>
  bool guarded(F f) {
    unseen_ = true;
    try {
      if constexpr (std::is_same_v<decltype(f()), bool>) return f();
      f();
      return true;
    } catch (...) {
      report(text_of(std::current_exception()));
      return false;
    }
  }

  void report(const std::string& what) {
    try {
      if (workload_) workload_->report_error(what);
    } catch (...) {
      // Reporting failed (most likely out of memory): the worker continues, and the next snapshot
      // shows what it can.
    }
  }

  void publish() {
    auto fresh = std::make_shared<Snapshot>();
    if (!guarded([&] { workload_->describe(*fresh); })) {
      fresh = std::make_shared<Snapshot>();  // again, with the error and without a partial description
      if (!guarded([&] { workload_->describe(*fresh); })) fresh = nullptr;
    }
    if (fresh) latest_.set(std::move(fresh));
    obeyed_.store(taken_, std::memory_order_release);
    next_publication_ = Clock::now() + options_.publish_interval;
    unseen_ = false;
    wake();
  }

  void publish_failure(const std::string& reason) {
    auto snapshot = std::make_shared<Snapshot>();
    if (options_.describe_failure) options_.describe_failure(*snapshot, reason);
    latest_.set(std::move(snapshot));
    wake();
  }

  void wake() {
    if (options_.wake) options_.wake();
  }

  static std::string text_of(std::exception_ptr error) {
    try {
      std::rethrow_exception(error);
    } catch (const std::exception& known) {
      return known.what();
    } catch (...) {
      return "an error of an unknown kind";
    }
  }

  Factory factory_;
  Options options_;
  CommandQueue<Command> queue_;
  LatestValue<Snapshot> latest_;
  std::atomic<bool> finished_{false};
  std::atomic<uint64_t> obeyed_{0};
  // Used only by the worker from here on.
  std::unique_ptr<Workload> workload_;
  uint64_t taken_ = 0;   // commands applied, or replaced by a newer one
  bool more_ = true;     // the last slice returned that there is more
  bool unseen_ = false;  // not everything has been published yet
  Clock::time_point next_publication_{};
  std::thread worker_;  // last: it uses everything above
};

}  // namespace lf
