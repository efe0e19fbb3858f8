// Signals that request the end of the program: Ctrl+C, kill, a closed terminal, a cluster's limits.
#pragma once

#include <csignal>
#include <string>
#include <utility>
#include <vector>

namespace lf {

/// Effect of a second request. A signal counts as one only if a person or a supervisor sends it
/// (SIGINT, SIGTERM, SIGQUIT), at least half a second after the first: `timeout`, terminals and
/// clusters send the first one twice.
enum class SecondRequest {
  Kills,  ///< the signal's own action ends the program at once
  Counts  ///< requests() becomes 2
};

/// While an object of this class lives, every signal whose default action ends a program is
/// recorded instead, so that the run is saved first. SIGPIPE and SIGXFSZ are ignored, so that the
/// failed write itself is reported. A signal that was ignored at the start (`nohup`, a background
/// job) stays ignored, one with a handler keeps it, and a blocked one is unblocked. Signals of
/// program errors (SIGSEGV and similar) are unchanged. May be nested: the outermost one decides.
class EndSignals {
 public:
  explicit EndSignals(SecondRequest second = SecondRequest::Kills);
  ~EndSignals();
  EndSignals(const EndSignals&) = delete;
  EndSignals& operator=(const EndSignals&) = delete;

  /// Number of requests: 0, 1, or 2 for a second request that must not wait.
  static int requests();
  /// The name of the first signal, such as "SIGHUP"; "" if there was none.
  static std::string name();

 private:
  void take(int number, void (*handler)(int));

  std::vector<std::pair<int, struct sigaction>> before_;
  sigset_t mask_before_{};
};

/// " by SIGUSR1" for an unusual signal; "" for SIGINT, SIGTERM and none.
std::string ended_by();

}  // namespace lf
