#include "training/reference_dit/team_product.h"

#include <algorithm>
#include <vector>

#include "kernels/bfloat/multiply.h"

namespace lf::training {
namespace {

constexpr int64_t kStrip = 2 * kernels::kPanel;  ///< columns of W that are read together

/// work(first, count) for all of `columns`, `group` at a time, the parts concurrently.
void by_columns(int64_t columns, int64_t group,
                const std::function<void(int64_t first, int64_t count)>& work) {
  const int64_t groups = (columns + group - 1) / group;
  parallel::fork_join([&](int64_t part) {
    const parallel::RowRange range = parallel::part_of(groups, part);
    for (int64_t i = range.first; i < range.first + range.count; ++i)
      work(i * group, std::min(group, columns - i * group));
  });
}

/// Memory of a thread for panels, kept from call to call.
kernels::BfloatPair* panel_memory(int64_t words) {
  thread_local std::vector<kernels::BfloatPair> memory;
  if (static_cast<int64_t>(memory.size()) < words) memory.resize(static_cast<size_t>(words));
  return memory.data();
}

kernels::ProductResult columns_of(at::Tensor& y, int64_t first, int64_t count) {
  return {y.data_ptr<float>() + first, y.size(0), count, y.stride(0), false};
}

}  // namespace

void round_by_team(kernels::BfloatRows& rows, const at::Tensor& x) {
  rows.resize(x.size(0), x.size(1));
  by_columns(x.size(1), kernels::kPanel, [&](int64_t first, int64_t count) {
    rows.round_columns(x.const_data_ptr<float>(), x.stride(0), first, count);
  });
}

at::Tensor team_forward(const kernels::BfloatRows& x, const at::Tensor& weight) {
  const int64_t inputs = weight.size(1), pairs = kernels::padded_pairs(inputs);
  at::Tensor y = at::empty({x.rows(), weight.size(0)}, at::kFloat);
  by_columns(weight.size(0), kernels::kPanel, [&](int64_t first, int64_t count) {
    kernels::BfloatPair *panel = panel_memory(2 * pairs * kernels::kPanel),
                        *rows = panel + pairs * kernels::kPanel;
    kernels::round_panel(count, inputs, weight.const_data_ptr<float>() + first * inputs, rows, panel);
    kernels::multiply_bfloat(kernels::bfloat_unit(), x.left(), {panel, pairs}, columns_of(y, first, count));
  });
  return y;
}

at::Tensor team_input_gradient(const kernels::BfloatRows& dy, const at::Tensor& weight) {
  const int64_t outputs = weight.size(0), inputs = weight.size(1), pairs = kernels::padded_pairs(outputs);
  at::Tensor dx = at::empty({dy.rows(), inputs}, at::kFloat);
  by_columns(inputs, kStrip, [&](int64_t first, int64_t count) {
    kernels::BfloatPair* panels = panel_memory(pairs * kStrip);
    kernels::round_pairs(outputs, count, weight.const_data_ptr<float>() + first, inputs, panels);
    kernels::multiply_bfloat(kernels::bfloat_unit(), dy.left(), {panels, pairs},
                             columns_of(dx, first, count));
  });
  return dx;
}

void gradient_rows(const kernels::BfloatRows& dy, const kernels::BfloatRows& x, parallel::RowRange rows,
                   at::Tensor& gradient) {
  kernels::BfloatRight piece = dy.right();
  piece.words += rows.first * piece.pairs;
  kernels::multiply_bfloat_transposed(
      kernels::bfloat_unit(), piece, x.right(),
      {gradient.data_ptr<float>(), rows.count, gradient.size(1), gradient.stride(0), false});
}

}  // namespace lf::training
