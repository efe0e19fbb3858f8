// The number of threads of the core: never more than system and OpenMP really grant.
#pragma once

#include <string>

namespace lf::parallel {

/// The threads of the core, and the reason if there are fewer than requested.
struct ThreadCount {
  int wanted = 1;   ///< requested, or as many as this process may use
  int granted = 1;  ///< granted by OpenMP; LibTorch uses this number
  /// Why fewer were granted, for display ("OMP_THREAD_LIMIT=1"); "" if all were.
  std::string reason;
};

/// The number of threads that this process can use: the processors that it may run on, limited by
/// its control group's quota (rounded up) and by OMP_NUM_THREADS if set. At least 1.
int usable_threads();

/// Sets LibTorch and OpenMP to `wanted` threads (0: usable_threads()), or to as many as are really
/// granted: threads are created on trial, and an OpenMP team is counted. Products of oneDNN and MKL
/// plan for the number they are given, and wait for missing threads or skip their share. Applies to
/// the calling thread, which does the computing, and to threads that use LibTorch later. Do not
/// call from within a team.
ThreadCount set_thread_count(int wanted);

}  // namespace lf::parallel
