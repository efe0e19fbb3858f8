#include "session/end_signals.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <thread>

#include "protocol/sweep.h"
#include "session/stopped_line.h"

namespace lf {
namespace {

TEST(EndSignals, EverySignalThatWouldEndTheProgramIsNoted) {
  for (const int number : {SIGINT, SIGTERM, SIGHUP, SIGUSR1, SIGUSR2, SIGXCPU, SIGQUIT, SIGALRM, SIGVTALRM,
                           SIGPROF, SIGPOLL, SIGPWR, SIGSTKFLT, SIGRTMIN, SIGRTMAX}) {
    const EndSignals signals;
    EXPECT_EQ(EndSignals::requests(), 0);
    std::raise(number);
    EXPECT_EQ(EndSignals::requests(), 1) << number;
    EXPECT_FALSE(EndSignals::name().empty());
  }
}

TEST(EndSignals, TheFirstOneIsNamedWhereItIsNoMattersOfCourse) {
  const EndSignals signals;
  std::raise(SIGUSR1);
  std::raise(SIGXCPU);
  EXPECT_EQ(EndSignals::name(), "SIGUSR1");
  EXPECT_EQ(ended_by(), " by SIGUSR1");
  EXPECT_EQ(EndSignals::requests(), 1) << "a limit that is told again and again hurries nobody";
}

TEST(EndSignals, AFailedWriteIsNoSignal) {
  const EndSignals signals;
  int ends[2];
  ASSERT_EQ(pipe(ends), 0);
  close(ends[0]);
  EXPECT_EQ(write(ends[1], "x", 1), -1);
  EXPECT_EQ(errno, EPIPE);
  close(ends[1]);
  std::raise(SIGXFSZ);
  EXPECT_EQ(EndSignals::requests(), 0);
}

TEST(EndSignals, WhatWasIgnoredOrHandledStaysSo) {
  static volatile std::sig_atomic_t handled = 0;
  std::signal(SIGHUP, SIG_IGN);
  std::signal(SIGUSR2, [](int) { handled = 1; });
  {
    const EndSignals signals;
    std::raise(SIGHUP);
    std::raise(SIGUSR2);
    EXPECT_EQ(EndSignals::requests(), 0);
    EXPECT_EQ(handled, 1);
  }
  std::signal(SIGHUP, SIG_DFL);
  std::signal(SIGUSR2, SIG_DFL);
}

TEST(EndSignals, ABlockedSignalArrives) {
  sigset_t blocked, before;
  sigemptyset(&blocked);
  sigaddset(&blocked, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &blocked, &before);
  {
    const EndSignals signals;
    std::raise(SIGTERM);
    EXPECT_EQ(EndSignals::requests(), 1);
  }
  pthread_sigmask(SIG_SETMASK, nullptr, &blocked);
  EXPECT_TRUE(sigismember(&blocked, SIGTERM)) << "the mask is the caller's again";
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
}

TEST(EndSignals, AfterTheOutermostOneAllIsAsBefore) {
  {
    const EndSignals outer;
    std::raise(SIGINT);
    { const EndSignals inner; }
    EXPECT_EQ(EndSignals::requests(), 1) << "an inner one forgets nothing";
    std::raise(SIGHUP);
  }
  struct sigaction now {};
  sigaction(SIGHUP, nullptr, &now);
  EXPECT_EQ(now.sa_handler, SIG_DFL);
}

TEST(EndSignals, ASecondRequestHurriesButNotAtOnce) {
  const EndSignals signals(SecondRequest::Counts);
  std::raise(SIGTERM);
  std::raise(SIGTERM);  // `timeout` sends it twice
  EXPECT_EQ(EndSignals::requests(), 1);
  std::this_thread::sleep_for(std::chrono::milliseconds(600));
  std::raise(SIGHUP);  // a shell and the terminal both report its end
  EXPECT_EQ(EndSignals::requests(), 1);
  std::raise(SIGINT);
  EXPECT_EQ(EndSignals::requests(), 2);
}

TEST(EndSignalsDeathTest, ASecondRequestMayKill) {
  const auto twice = [] {
    const EndSignals signals;
    std::raise(SIGINT);
    std::this_thread::sleep_for(std::chrono::milliseconds(600));
    std::raise(SIGINT);
    std::_Exit(0);
  };
  EXPECT_EXIT(twice(), ::testing::KilledBySignal(SIGINT), "");
}

TEST(StoppedLine, SaysHowToContinueWhereThereIsSomethingToContinue) {
  const EndSignals signals;
  std::raise(SIGHUP);
  RunBlock run;
  EXPECT_EQ(stopped_line(run), "stopped by SIGHUP; no training was running, so none is lost");
  run.resumable = true;
  run.seconds = 12;
  run.run_folder = "runs/my run";
  EXPECT_EQ(
      stopped_line(run),
      "stopped by SIGHUP after 12 s and saved; continue with: latentflow train --resume \"runs/my run\"");
}

TEST(StoppedLine, SaysHowASweepContinues) {
  const EndSignals signals;
  std::raise(SIGHUP);
  auto sweep = std::make_shared<SweepBlock>();
  sweep->folder = "runs/a sweep";
  sweep->active = true;
  Snapshot last;
  last.sweep = sweep;
  EXPECT_EQ(stopped_line(last),
            "stopped by SIGHUP during a sweep; continue with: latentflow sweep \"runs/a sweep\"");
  sweep->active = false;
  EXPECT_EQ(stopped_line(last), stopped_line(*last.run));
}

}  // namespace
}  // namespace lf
