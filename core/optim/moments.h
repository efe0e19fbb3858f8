// The state of an optimiser: two running averages of the gradient, and the number of updates.
#pragma once

#include <ATen/core/Tensor.h>

#include <map>
#include <string>

namespace lf::optim {

struct Moments {
  at::Tensor first, second;  ///< (P) each
  int64_t steps = 0;

  /// Zeros of the size of `parameters` (P).
  explicit Moments(const at::Tensor& parameters);

  std::map<std::string, at::Tensor> to_map(const std::string& prefix) const;
  /// Throws InputError naming `file` where a tensor is missing or has another size.
  void load(const std::map<std::string, at::Tensor>& tensors, const std::string& prefix,
            const std::string& file);
};

}  // namespace lf::optim
