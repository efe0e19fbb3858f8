#include "optim/adamw.h"

#include <ATen/core/grad_mode.h>

#include <cmath>

#include "messages/errors.h"

namespace lf {

AdamW::AdamW(at::Tensor parameters, at::Tensor gradients, const AdamWOptions& options)
    : parameters_(std::move(parameters)),
      gradients_(std::move(gradients)),
      options_(options),
      moments_(parameters_) {
  at::NoGradGuard no_grad;
  if (!gradients_.defined() && options.clip > 0) {
    throw InputError("an optimiser without a gradient buffer cannot clip: set clip to 0");
  }
  step_ = at::zeros({}, at::kFloat);
  clip_divisor_ = at::ones({}, at::kFloat);
}

double AdamW::step(double rate) {
  at::NoGradGuard no_grad;
  const double norm = gradients_.norm().item<double>();
  // The fused kernel divides the gradient by this: clipping costs no pass over memory of its own.
  const bool clips = options_.clip > 0 && norm > options_.clip;
  clip_divisor_.fill_(clips ? norm / options_.clip : 1.0);
  step_.fill_(static_cast<double>(++moments_.steps));  // the kernel reads the count but does not advance it
  at::_fused_adamw_({parameters_}, {gradients_}, {moments_.first}, {moments_.second}, {}, {step_}, rate,
                    options_.beta1, options_.beta2, options_.weight_decay, options_.epsilon,
                    /*amsgrad=*/false,
                    /*maximize=*/false, clip_divisor_, std::nullopt);
  gradients_.zero_();
  return norm;
}

void AdamW::begin_step(double rate) {
  if (options_.clip > 0) throw InputError("a step range by range cannot clip: set clip to 0");
  rate_ = rate;
  step_.fill_(static_cast<double>(++moments_.steps));
}

void AdamW::update(int64_t offset, const at::Tensor& gradient) {
  const at::NoGradGuard no_grad;
  const auto range = [&](const at::Tensor& tensor) { return tensor.narrow(0, offset, gradient.size(0)); };
  at::_fused_adamw_({range(parameters_)}, {gradient}, {range(moments_.first)}, {range(moments_.second)}, {},
                    {step_}, rate_, options_.beta1, options_.beta2, options_.weight_decay, options_.epsilon,
                    /*amsgrad=*/false, /*maximize=*/false, std::nullopt, std::nullopt);
}

}  // namespace lf
