#include "training/team_ops.h"

#include <ATen/core/grad_mode.h>

#include <algorithm>

namespace lf {
namespace {

/// Gradient values of one hand-over: 1 MB, so that they, the moments and the weights of the range share a
/// core's second cache level. Much smaller ones make the product slower.
constexpr int64_t kHandOver = 1 << 18;

/// work(rows, part) for each thread's part of `size` rows of a weight, without autograd.
void by_rows(int64_t size, const std::function<void(RowRange rows, int64_t part)>& work) {
  fork_join([&](int64_t part) {
    const at::NoGradGuard no_grad;
    const RowRange rows = part_of(size, part);
    if (rows.count > 0) work(rows, part);
  });
}

at::Tensor columns(const at::Tensor& tensor, RowRange range) {
  return tensor.narrow(1, range.first, range.count);
}

int64_t offset_in(const ParameterSet& parameters, const at::Tensor& parameter) {
  return parameter.storage_offset() - parameters.flat().storage_offset();
}

}  // namespace

void by_samples(int64_t batch, const std::function<void(const SampleRows& rows)>& work) {
  fork_join([&](int64_t part) {
    const at::NoGradGuard no_grad;
    const SampleRows rows{part_of(batch, part), part};
    if (rows.range.count > 0) work(rows);
  });
}

TeamLinear::TeamLinear(const ParameterSet& parameters, const std::string& name)
    : weight_(parameters.named(name + ".weight").detach().flatten(1)),
      bias_(parameters.named(name + ".bias").detach()),
      weight_offset_(offset_in(parameters, weight_)),
      bias_offset_(offset_in(parameters, bias_)) {}

void TeamLinear::forward(const at::Tensor& y, const at::Tensor& x) const {
  by_rows(outputs(), [&](RowRange rows, int64_t) {
    at::Tensor own = columns(y, rows);
    at::addmm_out(own, bias_.narrow(0, rows.first, rows.count), x,
                  weight_.narrow(0, rows.first, rows.count).t());
  });
}

void TeamLinear::input_gradient(const at::Tensor& dx, const at::Tensor& dy) const {
  by_rows(inputs(), [&](RowRange range, int64_t) {
    at::Tensor own = columns(dx, range);
    at::mm_out(own, dy, columns(weight_, range));
  });
}

void TeamLinear::weight_gradient(const at::Tensor& dy, const at::Tensor& x, const GradientSink& sink) {
  const int64_t most = std::max<int64_t>(1, kHandOver / inputs());
  by_rows(outputs(), [&](RowRange rows, int64_t part) {
    const int64_t pieces = (rows.count + most - 1) / most;
    const int64_t size = (rows.count + pieces - 1) / pieces;  // pieces of about the same height
    const at::Tensor scratch = at::empty({size, inputs()}, weight_.options());
    for (int64_t first = rows.first; first < rows.first + rows.count; first += size) {
      const RowRange piece{first, std::min(size, rows.first + rows.count - first)};
      at::Tensor gradient = scratch.narrow(0, 0, piece.count);
      at::mm_out(gradient, columns(dy, piece).t(), x);
      sink(weight_offset_ + first * inputs(), gradient.view({-1}), part);
    }
    sink(bias_offset_ + rows.first, columns(dy, rows).sum(0), part);
  });
}

}  // namespace lf
