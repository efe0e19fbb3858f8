// Signals that ask the program to end: Ctrl+C, a polite kill, a closed terminal, a cluster's limits.
#pragma once

#include <csignal>
#include <string>
#include <utility>
#include <vector>

namespace lf {

/// What a second request does. A signal counts as one only if a person or a supervisor sends it (SIGINT,
/// SIGTERM, SIGQUIT), half a second after the first or later: `timeout`, terminals and clusters send the
/// first one twice.
enum class SecondRequest {
  Kills,  ///< the signal's own action ends the program at once
  Counts  ///< requests() becomes 2
};

/// While one lives, every signal whose default action ends a program is noted instead, so that the run is
/// saved first; SIGPIPE and SIGXFSZ are ignored, so that the failed write itself is reported. A signal that
/// was ignored at the start (`nohup`, a background job) stays ignored, one that has a handler keeps it, and a
/// blocked one is unblocked. Signals of a broken program (SIGSEGV and the like) are left alone. May be
/// nested: the outermost one decides.
class EndSignals {
 public:
  explicit EndSignals(SecondRequest second = SecondRequest::Kills);
  ~EndSignals();
  EndSignals(const EndSignals&) = delete;
  EndSignals& operator=(const EndSignals&) = delete;

  /// How often the end was asked for: 0, 1, or 2 for a second request that will not wait.
  static int requests();
  /// The name of the first signal, such as "SIGHUP"; "" while there was none.
  static std::string name();

 private:
  void take(int number, void (*handler)(int));

  std::vector<std::pair<int, struct sigaction>> before_;
  sigset_t mask_before_{};
};

/// " by SIGUSR1" for a signal that not everybody sends on purpose; "" for SIGINT, SIGTERM and none.
std::string ended_by();

}  // namespace lf
