// Ctrl+C and a polite kill end the work in order: what was trained is saved first.
#pragma once

#include <csignal>

namespace lf {

/// While it lives, SIGINT and SIGTERM are noted instead of killing the program; a second one kills it.
/// SIGPIPE is ignored, so that a reader that leaves early costs no training.
class InterruptGuard {
 public:
  InterruptGuard();
  ~InterruptGuard();
  InterruptGuard(const InterruptGuard&) = delete;
  InterruptGuard& operator=(const InterruptGuard&) = delete;
  /// True once a signal came.
  bool interrupted() const;

 private:
  struct sigaction old_int_ {
  }, old_term_{}, old_pipe_{};
};

}  // namespace lf
