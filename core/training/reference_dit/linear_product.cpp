#include "training/reference_dit/linear_product.h"

#include <ATen/core/dispatch/Dispatcher.h>

#include <optional>

namespace lf::training {
namespace {

using Pointwise = at::Tensor(const at::Tensor& x, const at::Tensor& weight,
                             const std::optional<at::Tensor>& bias, c10::string_view function,
                             c10::List<std::optional<at::Scalar>> scalars,
                             std::optional<c10::string_view> algorithm);

/// With fewer rows than this the weight becomes the left operand.
constexpr int64_t kFewRows = 64;

/// oneDNN's linear layer on plain tensors. LibTorch registers it for its compiler but gives it no
/// C++ name; it is missing if LibTorch was built without oneDNN. It reads a large weight in place,
/// where MKL's product first copies all of it into panels: 195 GFLOP/s instead of 165 at 128 rows
/// on two cores, 180 instead of 110 at 32 rows.
const std::optional<c10::TypedOperatorHandle<Pointwise>>& one_dnn() {
  static const auto found = [] {
    const auto handle = c10::Dispatcher::singleton().findSchema({"mkldnn::_linear_pointwise", ""});
    std::optional<c10::TypedOperatorHandle<Pointwise>> typed;
    if (handle) typed = handle->typed<Pointwise>();
    return typed;
  }();
  return found;
}

at::Tensor one_dnn_product(const at::Tensor& x, const at::Tensor& weight,
                           const std::optional<at::Tensor>& bias) {
  return one_dnn()->call(x, weight, bias, "none", c10::List<std::optional<at::Scalar>>(), "");
}

}  // namespace

at::Tensor linear_product(const at::Tensor& x, const at::Tensor& weight, const at::Tensor& bias) {
  const bool biased = bias.defined();
  if (!one_dnn()) return biased ? at::addmm(bias, x, weight.t()) : at::mm(x, weight.t());
  if (x.size(0) < kFewRows && weight.is_contiguous()) {
    const at::Tensor product = one_dnn_product(weight, x, std::nullopt).t();  // (N, O), by columns
    at::Tensor y = at::empty({x.size(0), weight.size(0)}, x.options());
    return biased ? at::add_out(y, product, bias) : y.copy_(product);
  }
  return one_dnn_product(x, weight, biased ? std::optional<at::Tensor>(bias) : std::nullopt);
}

}  // namespace lf::training
