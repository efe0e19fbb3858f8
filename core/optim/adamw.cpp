#include "optim/adamw.h"

#include <ATen/core/grad_mode.h>

#include "base/errors.h"

namespace lf::optim {

double clip_divisor(double norm, const AdamWOptions& options) {
  return options.clip > 0 && norm > options.clip ? norm / options.clip : 1;
}

void update_range(const AdamWRange& range, const at::Tensor& step, double rate, const AdamWOptions& o,
                  const std::optional<at::Tensor>& divisor) {
  // The kernel reads the count but does not advance it.
  at::_fused_adamw_({range.parameters}, {range.gradient}, {range.first}, {range.second}, {}, {step}, rate,
                    o.beta1, o.beta2, o.weight_decay, o.epsilon, /*amsgrad=*/false, /*maximize=*/false,
                    divisor, std::nullopt);
}

AdamW::AdamW(at::Tensor parameters, at::Tensor gradients, const AdamWOptions& options)
    : Optimizer(parameters, std::move(gradients)), parameters_(std::move(parameters)), options_(options) {
  at::NoGradGuard no_grad;
  if (!gradients_.defined() && options.clip > 0) {
    throw InputError("an optimiser without a gradient buffer cannot clip: set clip to 0");
  }
  step_ = at::zeros({}, at::kFloat);
  clip_divisor_ = at::ones({}, at::kFloat);
}

void AdamW::step_with_norm(double rate, double norm) {
  const at::NoGradGuard no_grad;
  clip_divisor_.fill_(clip_divisor(norm, options_));
  step_.fill_(static_cast<double>(++moments_.steps));
  update_range({parameters_, gradients_, moments_.first, moments_.second}, step_, rate, options_,
               clip_divisor_);
  gradients_.zero_();
}

void AdamW::begin_step(double rate) {
  if (options_.clip > 0) throw InputError("a step range by range cannot clip: set clip to 0");
  rate_ = rate;
  step_.fill_(static_cast<double>(++moments_.steps));
}

void AdamW::update(int64_t offset, const at::Tensor& gradient) {
  const at::NoGradGuard no_grad;
  const auto range = [&](const at::Tensor& tensor) { return tensor.narrow(0, offset, gradient.size(0)); };
  update_range({range(parameters_), gradient, range(moments_.first), range(moments_.second)}, step_, rate_,
               options_, std::nullopt);
}

}  // namespace lf::optim
