// The one fork–join inside the core: independent parts of a batch, each computed by one thread.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <functional>

namespace lf::parallel {

/// The number of parts of a batch. It is fixed and independent of the number of threads: sums then
/// do not depend on the machine, nor on how many machines share the parts. It is larger than the
/// number of cores of a small machine: if the window takes one core for a while, the other cores
/// take more parts.
constexpr int64_t kParts = 4;

/// The rows of part `part` of `rows` rows: parts differ by at most one row and may be empty.
struct RowRange {
  int64_t first = 0, count = 0;
};
RowRange part_of(int64_t rows, int64_t part, int64_t parts = kParts);

/// Calls work(0) … work(parts − 1), concurrently if the thread setting allows it. Within a part
/// every operation runs on one thread: on small networks the barriers of two-threaded operations
/// cost more than half of a step. The first exception is rethrown here. Autograd is on inside,
/// whatever it was outside.
void fork_join(const std::function<void(int64_t)>& work, int64_t parts = kParts);

/// Rows of `input` (N, …) through `function`, part by part, without autograd; the results are
/// concatenated.
at::Tensor map_parts(const at::Tensor& input,
                     const std::function<at::Tensor(const at::Tensor& rows, RowRange range)>& function);

}  // namespace lf::parallel
