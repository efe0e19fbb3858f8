#include "optim/adamw.h"

#include <ATen/core/grad_mode.h>

#include <cmath>

#include "messages/errors.h"

namespace lf {

AdamW::AdamW(at::Tensor parameters, at::Tensor gradients, const AdamWOptions& options)
    : parameters_(std::move(parameters)), gradients_(std::move(gradients)), options_(options) {
  at::NoGradGuard no_grad;
  if (!gradients_.defined() && options.clip > 0) {
    throw InputError("an optimiser without a gradient buffer cannot clip: set clip to 0");
  }
  first_ = at::zeros_like(parameters_);
  second_ = at::zeros_like(parameters_);
  step_ = at::zeros({}, at::kFloat);
  clip_divisor_ = at::ones({}, at::kFloat);
}

double AdamW::step(double rate) {
  at::NoGradGuard no_grad;
  const double norm = gradients_.norm().item<double>();
  // The fused kernel divides the gradient by this: clipping costs no pass over memory of its own.
  const bool clips = options_.clip > 0 && norm > options_.clip;
  clip_divisor_.fill_(clips ? norm / options_.clip : 1.0);
  step_.fill_(static_cast<double>(++steps_));  // the kernel reads the count but does not advance it
  at::_fused_adamw_({parameters_}, {gradients_}, {first_}, {second_}, {}, {step_}, rate, options_.beta1,
                    options_.beta2, options_.weight_decay, options_.epsilon, /*amsgrad=*/false,
                    /*maximize=*/false, clip_divisor_, std::nullopt);
  gradients_.zero_();
  return norm;
}

void AdamW::begin_step(double rate) {
  if (options_.clip > 0) throw InputError("a step range by range cannot clip: set clip to 0");
  rate_ = rate;
  step_.fill_(static_cast<double>(++steps_));
}

void AdamW::update(int64_t offset, const at::Tensor& gradient) {
  const at::NoGradGuard no_grad;
  const auto range = [&](const at::Tensor& tensor) { return tensor.narrow(0, offset, gradient.size(0)); };
  at::_fused_adamw_({range(parameters_)}, {gradient}, {range(first_)}, {range(second_)}, {}, {step_}, rate_,
                    options_.beta1, options_.beta2, options_.weight_decay, options_.epsilon,
                    /*amsgrad=*/false, /*maximize=*/false, std::nullopt, std::nullopt);
}

std::map<std::string, at::Tensor> AdamW::to_map(const std::string& prefix) const {
  return {{prefix + "first", first_},
          {prefix + "second", second_},
          {prefix + "steps", at::full({1}, steps_, at::kLong)}};
}

void AdamW::load(const std::map<std::string, at::Tensor>& tensors, const std::string& prefix,
                 const std::string& file) {
  at::NoGradGuard no_grad;
  for (const char* name : {"first", "second", "steps"}) {
    const auto found = tensors.find(prefix + name);
    const bool moments = std::string(name) != "steps";
    if (found == tensors.end() || (moments && found->second.sizes() != first_.sizes())) {
      throw InputError(file + ": the optimiser state " + prefix + name + " is missing or has another size");
    }
  }
  first_.copy_(tensors.at(prefix + "first"));
  second_.copy_(tensors.at(prefix + "second"));
  steps_ = tensors.at(prefix + "steps").reshape({-1})[0].item<int64_t>();
}

}  // namespace lf
