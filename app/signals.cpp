#include "app/signals.h"

#include <csignal>

namespace lf {
namespace {

volatile std::sig_atomic_t close_signals = 0;

void count_signal(int) { close_signals = close_signals + 1; }

}  // namespace

void install_close_signals() {
  std::signal(SIGINT, count_signal);
  std::signal(SIGTERM, count_signal);
}

int take_close_signals() {
  const int count = close_signals;
  close_signals = 0;
  return count;
}

}  // namespace lf
