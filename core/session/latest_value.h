// How snapshots reach the window; command_queue.h is the opposite direction.
#pragma once
#include <cstdint>
#include <memory>
#include <mutex>
#include <utility>

namespace lf {

/// The newest of a series of immutable values: one writer, many readers. Reading copies one pointer under a
/// small lock; a reader may keep its value as long as it likes.
template <class T>
class LatestValue {
 public:
  /// Makes `value` the latest one.
  void set(std::shared_ptr<const T> value) {
    std::lock_guard<std::mutex> lock(mutex_);
    value_.swap(value);  // the old value is released after the lock, by `value`'s destructor
    ++version_;
  }
  /// The latest value, or null before the first.
  std::shared_ptr<const T> get() const {
    std::lock_guard<std::mutex> lock(mutex_);
    return value_;
  }
  /// The number of values set so far.
  uint64_t version() const {
    std::lock_guard<std::mutex> lock(mutex_);
    return version_;
  }

 private:
  mutable std::mutex mutex_;
  std::shared_ptr<const T> value_;
  uint64_t version_ = 0;
};

}  // namespace lf
