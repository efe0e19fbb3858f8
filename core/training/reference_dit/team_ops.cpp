#include "training/reference_dit/team_ops.h"

#include <ATen/core/grad_mode.h>

#include <algorithm>

#include "training/reference_dit/linear_product.h"
#include "training/reference_dit/team_product.h"

namespace lf::training {
namespace {

/// Gradient values per call of the sink: 1 MB, so that they, the moments and the weights of the
/// range share a core's second cache level. Much smaller ranges make the product slower.
constexpr int64_t kHandOver = 1 << 18;

/// work(rows, part) for each part of `size` rows of a weight, whole panels except the last, without
/// autograd.
void by_rows(int64_t size, const std::function<void(parallel::RowRange rows, int64_t part)>& work) {
  const int64_t panels = (size + kernels::kPanel - 1) / kernels::kPanel;
  parallel::fork_join([&](int64_t part) {
    const at::NoGradGuard no_grad;
    const parallel::RowRange some = parallel::part_of(panels, part);
    const int64_t first = some.first * kernels::kPanel;
    const parallel::RowRange rows{first, std::min(size, (some.first + some.count) * kernels::kPanel) - first};
    if (rows.count > 0) work(rows, part);
  });
}

at::Tensor columns(const at::Tensor& tensor, parallel::RowRange range) {
  return tensor.narrow(1, range.first, range.count);
}

int64_t offset_in(const models::ParameterSet& parameters, const at::Tensor& parameter) {
  return parameter.storage_offset() - parameters.flat().storage_offset();
}

}  // namespace

void by_samples(int64_t batch, const std::function<void(const SampleRows& rows)>& work) {
  parallel::fork_join([&](int64_t part) {
    const at::NoGradGuard no_grad;
    const SampleRows rows{parallel::part_of(batch, part), part};
    if (rows.range.count > 0) work(rows);
  });
}

at::Tensor gradient_scratch(int64_t inputs) {
  return at::empty({parallel::kParts, std::max(kHandOver, kernels::kPanel * inputs)}, at::kFloat);
}

TeamLinear::TeamLinear(const models::ParameterSet& parameters, const std::string& name,
                       kernels::Arithmetic arithmetic)
    : weight_(parameters.named(name + ".weight").detach().flatten(1)),
      bias_(parameters.named(name + ".bias").detach()),
      weight_offset_(offset_in(parameters, weight_)),
      bias_offset_(offset_in(parameters, bias_)),
      arithmetic_(arithmetic) {}

at::Tensor TeamLinear::forward(const at::Tensor& x) {
  if (arithmetic_ == kernels::Arithmetic::Float32) return linear_product(x, weight_, bias_);
  round_by_team(rounded_x_, x);
  return team_forward(rounded_x_, weight_).add_(bias_);
}

at::Tensor TeamLinear::input_gradient(const at::Tensor& dy) {
  if (arithmetic_ == kernels::Arithmetic::Float32) return linear_product(dy, weight_.t());
  round_by_team(rounded_dy_, dy);
  return team_input_gradient(rounded_dy_, weight_);
}

void TeamLinear::weight_gradient(const at::Tensor& dy, const at::Tensor& x, const at::Tensor& scratch,
                                 const GradientSink& sink) {
  const bool rounds = arithmetic_ == kernels::Arithmetic::BFloat16;
  if (rounds) round_by_team(rounded_dy_, dy), round_by_team(rounded_x_, x);
  const int64_t most = std::max(kernels::kPanel, kHandOver / inputs() / kernels::kPanel * kernels::kPanel);
  by_rows(outputs(), [&](parallel::RowRange rows, int64_t part) {
    const int64_t pieces = (rows.count + most - 1) / most;
    // Ranges of about the same height, each starting at a panel.
    const int64_t size =
        ((rows.count + pieces - 1) / pieces + kernels::kPanel - 1) / kernels::kPanel * kernels::kPanel;
    for (int64_t first = rows.first; first < rows.first + rows.count; first += size) {
      const parallel::RowRange piece{first, std::min(size, rows.first + rows.count - first)};
      at::Tensor gradient = scratch[part].narrow(0, 0, piece.count * inputs()).view({piece.count, inputs()});
      if (rounds) {
        gradient_rows(rounded_dy_, rounded_x_, piece, gradient);
      } else {
        at::mm_out(gradient, columns(dy, piece).t(), x);
      }
      sink(weight_offset_ + first * inputs(), gradient.view({-1}), part);
    }
    sink(bias_offset_ + rows.first, columns(dy, rows).sum(0), part);
  });
}

}  // namespace lf::training
