#include "optim/moments.h"

#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>

#include "base/errors.h"
#include "optim/stored_numbers.h"

namespace lf::optim {

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
  for (const char* name : {"first", "second"}) {
    const auto found = tensors.find(prefix + name);
    if (found == tensors.end() || found->second.sizes() != first.sizes()) {
      throw InputError(file + ": the optimiser state " + prefix + name + " is missing or has another size");
    }
  }
  steps = stored_integers(tensors, prefix + "steps", 1, kMostStoredStep, file)[0];
  first.copy_(tensors.at(prefix + "first"));
  second.copy_(tensors.at(prefix + "second"));
}

}  // namespace lf::optim
