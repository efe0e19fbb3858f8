#pragma once
#include <atomic>
#include <chrono>
#include <functional>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "session/basic_session.h"

namespace lf::testing {

/// The smallest command set that tests everything a session must do.
struct FakeCommand {
  enum Kind { kNote, kSlider, kOtherSlider, kWork, kThrow, kQuit } kind = kNote;
  int value = 0;
};

inline bool same_kind_replaces(const FakeCommand& queued, const FakeCommand& newer) {
  const bool slider = queued.kind == FakeCommand::kSlider || queued.kind == FakeCommand::kOtherSlider;
  return slider && queued.kind == newer.kind;
}

struct FakeSnapshot {
  std::vector<int> notes;  ///< values of all notes, in the order applied
  int slider = 0;
  int slices = 0;
  int errors = 0;
  std::string error;
  bool finish_called = false;
};

/// Counts down `kWork` slices of a chosen length and records its commands.
class CountingWorkload : public BasicWorkload<FakeCommand, FakeSnapshot> {
 public:
  void apply(const FakeCommand& command) override {
    if (command.kind == FakeCommand::kNote) state_.notes.push_back(command.value);
    if (command.kind == FakeCommand::kSlider) state_.slider = command.value;
    if (command.kind == FakeCommand::kWork) remaining_ += command.value;
    if (command.kind == FakeCommand::kQuit) quit_ = true;
    if (command.kind == FakeCommand::kThrow) throw std::runtime_error("apply failed");
  }
  bool advance() override {
    if (remaining_ == 0) return false;
    std::this_thread::sleep_for(slice_length);
    ++state_.slices;
    if (state_.slices == fail_at_slice) throw std::runtime_error("slice failed");
    return --remaining_ > 0;
  }
  void describe(FakeSnapshot& snapshot) override {
    if (describe_throws_once) {
      describe_throws_once = false;
      throw std::runtime_error("describe failed");
    }
    snapshot = state_;
  }
  void report_error(const std::string& what) override {
    ++state_.errors;
    state_.error = what;
  }
  bool finished() const override { return quit_; }
  void finish() override { state_.finish_called = true; }

  std::chrono::microseconds slice_length{200};
  int fail_at_slice = -1;
  bool describe_throws_once = false;

 private:
  FakeSnapshot state_;
  int remaining_ = 0;
  bool quit_ = false;
};

using FakeSession = BasicSession<FakeCommand, FakeSnapshot>;

/// Waits until `condition` holds; false when it does not within ten seconds.
inline bool eventually(const std::function<bool()>& condition) {
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(10);
  while (!condition()) {
    if (std::chrono::steady_clock::now() > deadline) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  return true;
}

}  // namespace lf::testing
