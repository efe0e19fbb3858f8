#include "cli/interrupt.h"

namespace lf {
namespace {

// The only thing a signal handler may touch.
volatile std::sig_atomic_t signal_seen = 0;

void note_signal(int number) {
  if (signal_seen) {
    std::signal(number, SIG_DFL);
    std::raise(number);
  }
  signal_seen = 1;
}

}  // namespace

InterruptGuard::InterruptGuard() {
  signal_seen = 0;
  struct sigaction action {};
  action.sa_handler = note_signal;
  sigemptyset(&action.sa_mask);
  sigaction(SIGINT, &action, &old_int_);
  sigaction(SIGTERM, &action, &old_term_);
  action.sa_handler = SIG_IGN;
  sigaction(SIGPIPE, &action, &old_pipe_);
}

InterruptGuard::~InterruptGuard() {
  sigaction(SIGINT, &old_int_, nullptr);
  sigaction(SIGTERM, &old_term_, nullptr);
  sigaction(SIGPIPE, &old_pipe_, nullptr);
}

bool InterruptGuard::interrupted() const { return signal_seen != 0; }

}  // namespace lf
