#include "optim/moments.h"

#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>

#include "messages/errors.h"

namespace lf {

Moments::Moments(const at::Tensor& parameters)
    : first(at::zeros_like(parameters)), second(at::zeros_like(parameters)) {}

std::map<std::string, at::Tensor> Moments::to_map(const std::string& prefix) const {
  return {{prefix + "first", first},
          {prefix + "second", second},
          {prefix + "steps", at::full({1}, steps, at::kLong)}};
}

void Moments::load(const std::map<std::string, at::Tensor>& tensors, const std::string& prefix,
                   const std::string& file) {
  const at::NoGradGuard no_grad;
  for (const char* name : {"first", "second", "steps"}) {
    const auto found = tensors.find(prefix + name);
    const bool moments = std::string(name) != "steps";
    if (found == tensors.end() || (moments && found->second.sizes() != first.sizes())) {
      throw InputError(file + ": the optimiser state " + prefix + name + " is missing or has another size");
    }
  }
  first.copy_(tensors.at(prefix + "first"));
  second.copy_(tensors.at(prefix + "second"));
  steps = tensors.at(prefix + "steps").reshape({-1})[0].item<int64_t>();
}

}  // namespace lf
