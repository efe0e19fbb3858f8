// The one fork–join inside the core: independent parts of a batch, each computed by one thread.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <functional>

namespace lf {

/// How many parts a batch is split into. Fixed, not the number of threads: sums then do not depend on the
/// machine, nor on how many machines share the parts. More than there are cores at the least: when the
/// window's thread has taken one, the other takes a part more.
constexpr int64_t kParts = 4;

/// The rows of part `part` of `rows` rows: parts differ by at most one row and may be empty.
struct RowRange {
  int64_t first = 0, count = 0;
};
RowRange part_of(int64_t rows, int64_t part, int64_t parts = kParts);

/// Calls work(0) … work(parts − 1), at the same time where the thread setting allows it. Within a part every
/// operation runs on one thread: on small nets the barriers of two-threaded operations cost more than half of
/// a step. The first exception is thrown again here. Autograd is on inside, whatever it was outside.
void fork_join(const std::function<void(int64_t)>& work, int64_t parts = kParts);

/// Rows of `input` (N, …) through `function`, part by part, without autograd; the results are joined again.
at::Tensor map_parts(const at::Tensor& input,
                     const std::function<at::Tensor(const at::Tensor& rows, RowRange range)>& function);

}  // namespace lf
