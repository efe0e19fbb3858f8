// A team of OpenMP threads, in its own file because only this file is compiled with OpenMP.
#pragma once

#include <cstdint>
#include <functional>

namespace lf::parallel {

/// Calls work(0) … work(count − 1) on the OpenMP threads that LibTorch uses too (set_thread_count()
/// sets their number). With more calls than threads, the order is not fixed. Inside, LibTorch sees
/// a parallel region and keeps every operation on its thread. `work` must not throw.
void run_team(int64_t count, const std::function<void(int64_t)>& work);

/// OpenMP's own number of threads: before the first set_thread_count() the processors that this
/// process may use, or OMP_NUM_THREADS.
int default_team();

/// The number of threads that a team of `wanted` really gets: OMP_THREAD_LIMIT and others may leave
/// fewer. Creates the team, whose threads stay for the next one. Afterwards OpenMP no longer
/// shrinks teams by load (OMP_DYNAMIC), so the number is reliable. A thread of a team does not get
/// a team of its own either (OMP_NESTED): products inside would be summed in another order.
int granted_team(int wanted);

}  // namespace lf::parallel
