// What a training step asks of an optimiser: one update of a flat buffer, and its state for a checkpoint.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <map>
#include <string>

namespace lf {

class Optimizer {
 public:
  virtual ~Optimizer() = default;

  /// One update at `rate`; afterwards the gradients are zero again. Returns the gradient norm before
  /// clipping.
  virtual double step(double rate) = 0;
  virtual int64_t steps() const = 0;
  /// For steps that a device has made by itself.
  virtual void set_steps(int64_t steps) = 0;

  /// State for checkpoints; load throws InputError naming `file` where it does not fit.
  virtual std::map<std::string, at::Tensor> to_map(const std::string& prefix) const = 0;
  virtual void load(const std::map<std::string, at::Tensor>& tensors, const std::string& prefix,
                    const std::string& file) = 0;
};

}  // namespace lf
