// The interface of optimisers: one update of a flat buffer, and the state for a checkpoint.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>

#include "optim/moments.h"

namespace lf::optim {

class Optimizer {
 public:
  virtual ~Optimizer() = default;

  /// One update with learning rate `rate`; afterwards the gradients are zero. Returns the gradient
  /// norm before clipping.
  double step(double rate);
  /// The same if the norm of the whole gradient is already known.
  virtual void step_with_norm(double rate, double norm) = 0;
  int64_t steps() const { return moments_.steps; }
  /// For steps that a device has made itself.
  void set_steps(int64_t steps) { moments_.steps = steps; }
  /// The optimiser's state, for a device that updates weights and moments itself.
  const Moments& moments() const { return moments_; }

  /// State for checkpoints; load throws InputError naming `file` where it does not fit.
  std::map<std::string, at::Tensor> to_map(const std::string& prefix) const {
    return moments_.to_map(prefix);
  }
  void load(const std::map<std::string, at::Tensor>& tensors, const std::string& prefix,
            const std::string& file) {
    moments_.load(tensors, prefix, file);
  }

 protected:
  Optimizer(const at::Tensor& parameters, at::Tensor gradients)
      : moments_(parameters), gradients_(std::move(gradients)) {}

  Moments moments_;
  at::Tensor gradients_;  ///< (P); undefined if gradients come range by range
};

}  // namespace lf::optim
