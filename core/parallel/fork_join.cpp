#include "parallel/fork_join.h"

#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>

#include <exception>
#include <vector>

#include "parallel/team.h"

namespace lf::parallel {

RowRange part_of(int64_t rows, int64_t part, int64_t parts) {
  const int64_t first = rows * part / parts;
  return {first, rows * (part + 1) / parts - first};
}

void fork_join(const std::function<void(int64_t)>& work, int64_t parts) {
  std::vector<std::exception_ptr> failures(static_cast<size_t>(parts));
  run_team(parts, [&](int64_t part) {
    try {
      const at::AutoGradMode grad(true);
      work(part);
    } catch (...) {
      failures[static_cast<size_t>(part)] = std::current_exception();
    }
  });
  for (const auto& failure : failures) {
    if (failure) std::rethrow_exception(failure);
  }
}

at::Tensor map_parts(const at::Tensor& input,
                     const std::function<at::Tensor(const at::Tensor& rows, RowRange range)>& function) {
  std::vector<at::Tensor> results(static_cast<size_t>(kParts));
  fork_join([&](int64_t part) {
    const at::NoGradGuard no_grad;
    const RowRange range = part_of(input.size(0), part);
    if (range.count > 0)
      results[static_cast<size_t>(part)] = function(input.narrow(0, range.first, range.count), range);
  });
  std::vector<at::Tensor> present;
  for (const auto& result : results) {
    if (result.defined()) present.push_back(result);
  }
  return at::cat(present);
}

}  // namespace lf::parallel
