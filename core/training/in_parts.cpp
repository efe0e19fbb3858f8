#include "training/in_parts.h"

#include <ATen/core/grad_mode.h>

namespace lf::training {
namespace {

/// A network with fewer digits per slice counts as large.
constexpr int64_t kPartsFrom = 64;

}  // namespace

at::Tensor in_parts(
    const at::Tensor& input, const models::ParameterSet& network, int64_t slice_digits,
    const std::function<at::Tensor(const at::Tensor& rows, parallel::RowRange range)>& function) {
  if (network.device().is_cpu() && slice_digits >= kPartsFrom) return parallel::map_parts(input, function);
  const at::NoGradGuard no_grad;
  return function(input, {0, input.size(0)});
}

}  // namespace lf::training
