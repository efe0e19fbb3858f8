#include "training/velocity_dit/pass_product.h"

#include <ATen/core/grad_mode.h>

#include "kernels/bfloat/multiply.h"
#include "parallel/fork_join.h"

namespace lf::training {
namespace {

kernels::ProductResult result_in(at::Tensor& y, bool adds) {
  return {y.data_ptr<float>(), y.size(0), y.size(1), y.stride(0), adds};
}

}  // namespace

RoundedWeights::RoundedWeights(const models::ParameterSet& parameters, kernels::Arithmetic arithmetic)
    : arithmetic_(arithmetic) {
  if (arithmetic_ == kernels::Arithmetic::Float32) return;
  for (size_t i = 0; i < parameters.size(); ++i) {
    if (parameters[i].dim() < 2) continue;
    auto entry = std::make_unique<Entry>();
    entry->values = parameters[i].detach().flatten(1);
    entries_[parameters.specs()[i].name] = std::move(entry);
  }
}

void RoundedWeights::round() {
  if (entries_.empty()) return;
  std::vector<Entry*> all;
  for (const auto& entry : entries_) all.push_back(entry.second.get());
  const auto count = static_cast<int64_t>(all.size());
  parallel::fork_join(
      [&](int64_t part) {
        for (int64_t i = part; i < count; i += parallel::kParts) {
          Entry& entry = *all[static_cast<size_t>(i)];
          entry.rounded.round(entry.values);
        }
      },
      parallel::kParts);
}

const kernels::BfloatWeight* RoundedWeights::find(const std::string& name) const {
  const auto found = entries_.find(name);
  return found == entries_.end() ? nullptr : &found->second->rounded;
}

void PassRows::resize(int64_t rows, int64_t columns, kernels::Arithmetic arithmetic) {
  resize_rows(values, {rows, columns});
  arithmetic_ = arithmetic;
  if (arithmetic == kernels::Arithmetic::BFloat16) rounded_.resize(rows, columns);
}

void PassRows::round() {
  if (arithmetic_ == kernels::Arithmetic::BFloat16) rounded_.round(values.const_data_ptr<float>());
}

PassLinear::PassLinear(const models::ParameterSet& parameters, const at::Tensor& flat_gradient,
                       const RoundedWeights& weights, const std::string& name)
    : weight_(parameter_values(parameters, name).flatten(1)),
      transposed_(weight_.t()),
      gradient_(parameter_gradient(parameters, flat_gradient, name).flatten(1)),
      rounded_(weights.find(name)) {}

void PassLinear::forward(at::Tensor& y, const PassRows& x) const {
  if (!rounded_) {
    at::mm_out(y, x.values, transposed_);
    return;
  }
  kernels::multiply_bfloat(kernels::bfloat_unit(), x.rounded().left(), rounded_->forward(),
                           result_in(y, false));
}

void PassLinear::input_gradient(at::Tensor& dx, const PassRows& dy, bool adds) const {
  if (rounded_) {
    kernels::multiply_bfloat(kernels::bfloat_unit(), dy.rounded().left(), rounded_->backward(),
                             result_in(dx, adds));
  } else if (adds) {
    dx.addmm_(dy.values, weight_);
  } else {
    at::mm_out(dx, dy.values, weight_);
  }
}

void PassLinear::add_gradient(const PassRows& dy, const PassRows& x) {
  if (!rounded_) {
    gradient_.addmm_(dy.values.t(), x.values);
    return;
  }
  kernels::multiply_bfloat_transposed(kernels::bfloat_unit(), dy.rounded().right(), x.rounded().right(),
                                      result_in(gradient_, true));
}

at::Tensor parameter_values(const models::ParameterSet& parameters, const std::string& name) {
  return parameters.named(name).detach();
}

at::Tensor parameter_gradient(const models::ParameterSet& parameters, const at::Tensor& flat_gradient,
                              const std::string& name) {
  const at::Tensor& parameter = parameters.named(name);
  const int64_t offset = parameter.storage_offset() - parameters.flat().storage_offset();
  return flat_gradient.narrow(0, offset, parameter.numel()).view(parameter.sizes());
}

void resize_rows(at::Tensor& tensor, at::IntArrayRef shape) {
  if (!tensor.defined()) tensor = at::empty(shape, at::kFloat);
  tensor.resize_(shape);
}

}  // namespace lf::training
