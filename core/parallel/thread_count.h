// How many threads the core computes with: never more than the system and OpenMP really give.
#pragma once

#include <string>

namespace lf {

/// The threads of the core, and what stood in the way of more.
struct ThreadCount {
  int wanted = 1;   ///< asked for, or as many as this process may use
  int granted = 1;  ///< what OpenMP gives; LibTorch plans with it
  /// Why fewer than wanted, for people ("OMP_THREAD_LIMIT=1"); "" where all were granted.
  std::string reason;
};

/// As many threads as this process may usefully have: the processors that it may run on, no more than its
/// control group's quota (rounded up) and no more than OMP_NUM_THREADS, where those are set. At least 1.
int usable_threads();

/// Sets LibTorch and OpenMP to `wanted` threads (0: usable_threads()), or to as many as are really granted:
/// threads are created on trial, and a team of OpenMP's is counted. Products of oneDNN and MKL plan for the
/// number that they are told and wait for, or leave out, whatever is not there. Applies to the calling
/// thread, which is the one that computes, and to threads that come to LibTorch later. Not from within a
/// team.
ThreadCount set_thread_count(int wanted);

}  // namespace lf
