#include "session/end_signals.h"

#include <time.h>

#include <atomic>
#include <cstdint>

namespace lf {
namespace {

constexpr int64_t kSameRequest =
    500'000'000;  ///< nanoseconds within which a second signal counts as the first

struct NamedSignal {
  int number;
  const char* name;
  bool asks_again;  ///< a second one means: end at once
};

/// All signals whose default action ends the program, except those that cannot be caught or mean a
/// program error.
constexpr NamedSignal kSignals[] = {
    {SIGINT, "SIGINT", true},        {SIGTERM, "SIGTERM", true},  {SIGQUIT, "SIGQUIT", true},
    {SIGHUP, "SIGHUP", false},       {SIGUSR1, "SIGUSR1", false}, {SIGUSR2, "SIGUSR2", false},
    {SIGXCPU, "SIGXCPU", false},     {SIGALRM, "SIGALRM", false}, {SIGVTALRM, "SIGVTALRM", false},
    {SIGPROF, "SIGPROF", false},
#ifdef SIGPOLL
    {SIGPOLL, "SIGPOLL", false},
#endif
#ifdef SIGPWR
    {SIGPWR, "SIGPWR", false},
#endif
#ifdef SIGSTKFLT
    {SIGSTKFLT, "SIGSTKFLT", false},
#endif
};

/// A write that raises a signal must fail like any other.
constexpr int kIgnored[] = {SIGPIPE, SIGXFSZ};

// The only data that the handler touches; all lock-free.
std::atomic<int> first_signal{0}, request_count{0}, guards{0};
std::atomic<int64_t> first_time{0};
std::atomic<bool> second_kills{true};
static_assert(std::atomic<int64_t>::is_always_lock_free, "a signal's handler may not wait for a lock");

int64_t nanoseconds() {
  timespec now{};
  clock_gettime(CLOCK_MONOTONIC, &now);
  return int64_t{now.tv_sec} * 1'000'000'000 + now.tv_nsec;
}

bool asks_again(int number) {
  for (const NamedSignal& signal : kSignals) {
    if (signal.number == number) return signal.asks_again;
  }
  return false;
}

void note_signal(int number) {
  if (request_count == 0) {
    first_time = nanoseconds();
    first_signal = number;
    request_count = 1;
  } else if (asks_again(number) && nanoseconds() - first_time > kSameRequest) {
    request_count = 2;
    if (!second_kills) return;
    std::signal(number, SIG_DFL);
    std::raise(number);
  }
}

std::string name_of(int number) {
  if (number == 0) return "";
  for (const NamedSignal& signal : kSignals) {
    if (signal.number == number) return signal.name;
  }
  return "signal " + std::to_string(number);
}

}  // namespace

EndSignals::EndSignals(SecondRequest second) {
  if (guards++ > 0) return;
  first_signal = request_count = 0;
  second_kills = second == SecondRequest::Kills;
  for (const int number : kIgnored) take(number, SIG_IGN);
  for (const NamedSignal& signal : kSignals) take(signal.number, note_signal);
  for (int number = SIGRTMIN; number <= SIGRTMAX; ++number) take(number, note_signal);
  // The parent process may have blocked signals: they would never arrive.
  sigset_t ours;
  sigemptyset(&ours);
  for (const auto& [number, old] : before_) sigaddset(&ours, number);
  pthread_sigmask(SIG_UNBLOCK, &ours, &mask_before_);
}

EndSignals::~EndSignals() {
  if (--guards > 0) return;
  pthread_sigmask(SIG_SETMASK, &mask_before_, nullptr);
  for (const auto& [number, old] : before_) sigaction(number, &old, nullptr);
}

void EndSignals::take(int number, void (*handler)(int)) {
  struct sigaction old {
  }, fresh{};
  if (sigaction(number, nullptr, &old) != 0 || old.sa_handler != SIG_DFL) return;
  fresh.sa_handler = handler;
  fresh.sa_flags = SA_RESTART;  // a current save must not see an interrupted write
  sigfillset(&fresh.sa_mask);
  if (sigaction(number, &fresh, nullptr) == 0) before_.emplace_back(number, old);
}

int EndSignals::requests() { return request_count; }

std::string EndSignals::name() { return name_of(first_signal); }

std::string ended_by() {
  const int number = first_signal;
  const bool expected = number == 0 || number == SIGINT || number == SIGTERM;
  return expected ? "" : " by " + EndSignals::name();
}

}  // namespace lf
