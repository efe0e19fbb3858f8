// A team of OpenMP threads; its own file because it alone is compiled with OpenMP.
#pragma once

#include <cstdint>
#include <functional>

namespace lf {

/// Calls work(0) … work(count − 1) on the OpenMP threads that LibTorch uses too (at::set_num_threads says how
/// many); where there are more calls than threads, in an order that is not fixed. Inside, LibTorch sees a
/// parallel region and keeps every operation on its thread. `work` must not throw.
void run_team(int64_t count, const std::function<void(int64_t)>& work);

}  // namespace lf
