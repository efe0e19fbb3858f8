// What a class must offer to run on the worker thread.
#pragma once
#include <string>

namespace lf {

/// The interface of a session's work. All members are called on the worker thread alone, so an
/// implementation needs no locks.
template <class Command, class Snapshot>
class BasicWorkload {
 public:
  virtual ~BasicWorkload() = default;
  /// Applies one command; must be quick, heavy work belongs into advance(). May throw.
  virtual void apply(const Command& command) = 0;
  /// One bounded slice of work; returns true while there is more. May throw; then it is called again only
  /// after the next command.
  virtual bool advance() = 0;
  /// Fills a default-made snapshot with the current state.
  virtual void describe(Snapshot& snapshot) = 0;
  /// Receives the message of an exception in apply(), advance() or describe(); it belongs into the
  /// next snapshot as state.
  virtual void report_error(const std::string& what) = 0;
  /// True once the workload wants the session to end (it has saved what it had to save).
  virtual bool finished() const { return false; }
  /// Called once, at the end, before the workload is destroyed on the worker thread: save what must
  /// not be lost.
  virtual void finish() {}
};

}  // namespace lf
