// A team of OpenMP threads; its own file because it alone is compiled with OpenMP.
#pragma once

#include <cstdint>
#include <functional>

namespace lf {

/// Calls work(0) … work(count − 1) on the OpenMP threads that LibTorch uses too (set_thread_count() says how
/// many); where there are more calls than threads, in an order that is not fixed. Inside, LibTorch sees a
/// parallel region and keeps every operation on its thread. `work` must not throw.
void run_team(int64_t count, const std::function<void(int64_t)>& work);

/// How many threads OpenMP would take by itself: before the first set_thread_count() the processors that this
/// process may run on, or OMP_NUM_THREADS.
int default_team();

/// How many threads a team of `wanted` really gets here and now: OMP_THREAD_LIMIT and others may leave fewer.
/// Makes the team, whose threads stay for the next one. OpenMP no longer shrinks teams by load (OMP_DYNAMIC)
/// afterwards: who was promised four threads gets four. Nor does a thread of a team get a team of its own
/// (OMP_NESTED): products inside would be summed in another order.
int granted_team(int wanted);

}  // namespace lf
