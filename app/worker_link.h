// The window's end of the worker: what was sent, what was obeyed, and the snapshot that a frame shows.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "session/session.h"

namespace lf::app {

/// May be used before the worker is there: commands wait for it, and the snapshot is a default-made one.
class WorkerLink {
 public:
  /// Starts the worker and gives it what was sent before. Throws RunError where the system makes no thread.
  void start(Session::Factory make_workload, const Session::Options& how);
  bool started() const { return session_ != nullptr; }
  /// Was it started, and has it ended?
  bool finished() const { return session_ && session_->finished(); }

  void send(Command command);
  /// Does the newest snapshot know of everything sent so far? A worker that has ended obeys nothing more:
  /// nobody waits for it.
  bool settled() const;
  /// The same of a worker that is there, ended or not.
  bool obeyed_all() const { return session_ && session_->obeyed() >= sent_; }

  /// Is there a newer snapshot than the one shown, or does it know of more commands than it seemed?
  bool has_news() const {
    return session_ && (session_->version() != seen_version_ || session_->obeyed() != shown_obeyed_);
  }
  /// Shows the newest snapshot from now on.
  void look();
  const Snapshot& shown() const { return *shown_; }
  /// Does the one shown know of everything sent so far?
  bool shown_settled() const { return session_ && shown_obeyed_ >= sent_; }
  /// The newest one, shown or not; null before the worker is there.
  std::shared_ptr<const Snapshot> newest() const { return session_ ? session_->snapshot() : nullptr; }
  /// How many errors the newest one tells of.
  uint64_t errors() const { return session_ ? session_->snapshot()->notice->errors : 0; }

 private:
  std::shared_ptr<const Snapshot> shown_ = std::make_shared<const Snapshot>();
  uint64_t seen_version_ = 0;
  uint64_t shown_obeyed_ = 0;   // commands that the shown snapshot knows of
  uint64_t sent_ = 0;           // commands passed to the session
  std::vector<Command> early_;  // sent before the worker existed, e.g. by a script in the first frame
  std::unique_ptr<Session> session_;
};

}  // namespace lf::app
