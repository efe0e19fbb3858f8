// The interface of every velocity network, and the table of them.
#pragma once

#include <ATen/ATen.h>

#include <memory>
#include <string>
#include <vector>

#include "config/settings.h"
#include "models/parameter_set.h"
#include "models/velocity_probe.h"

namespace lf::models {

/// v_θ(x, t, class). Zero-initialised output: an untrained network gives v ≡ 0, or a Gaussian's
/// velocity if it is preconditioned.
class VelocityNet {
 public:
  virtual ~VelocityNet() = default;

  /// x (B, 4, 4, 4), t (B) in [0, 1], labels (B) int64 in 0…10 (10 = none) → velocity (B, 4, 4, 4),
  /// on the device of x, whatever the device of the weights. An unconditional network ignores the
  /// labels.
  virtual at::Tensor forward(const at::Tensor& x, const at::Tensor& t, const at::Tensor& labels) const = 0;
  /// The same, and records the inner values in `probe`, on the device of the weights. No gradients.
  virtual at::Tensor probe(const at::Tensor& x, const at::Tensor& t, const at::Tensor& labels,
                           VelocityProbe& probe) const = 0;
  /// False: unconditional; it learns all digits as one distribution.
  virtual bool labelled() const = 0;
  /// The same weights with separate gradients (see ParameterSet::shadow).
  virtual std::unique_ptr<VelocityNet> shadow() const = 0;
  /// The same network with weights of its own, not trainable.
  virtual std::unique_ptr<VelocityNet> copy() const = 0;
  /// Moves weights and constants to a device, with a gradient buffer there if `trainable`.
  virtual void move_to(at::Device device, bool trainable) = 0;
  /// Digits that keep one forward pass near 50 ms on two cores, or on the device of the weights.
  virtual int64_t slice_digits() const = 0;
  /// Multiply-adds of one forward pass per digit, times two.
  virtual double flop_per_digit() const = 0;

  virtual ParameterSet& parameters() = 0;
  virtual const ParameterSet& parameters() const = 0;
};

/// True if these settings select a network that is added to a Gaussian's velocity
/// (preconditioning.h).
bool preconditioned(const Settings& settings);

/// slice_digits of a network with this cost: as many digits as 6 GFLOP compute (on an accelerator
/// 400), 4 to 4096.
int64_t digits_in_slice(double flop_per_digit, at::Device device);

/// One row of the table: a name as in the setting flow.net, and its description in the settings.
struct VelocityNetInfo {
  std::string name;
  std::unique_ptr<VelocityNet> (*make)(const Settings&, at::Generator, bool trainable);
  std::vector<ParameterSpec> (*layout)(const Settings&);  ///< names and shapes, nothing allocated
};

/// The table of velocity networks.
const std::vector<VelocityNetInfo>& velocity_net_table();
/// Throws InputError that lists the known ones.
const VelocityNetInfo& velocity_net_info(const std::string& name);

/// The network of the settings flow.*. Throws InputError where their numbers do not fit together.
std::unique_ptr<VelocityNet> make_velocity_net(const Settings& settings, at::Generator generator,
                                               bool trainable);

}  // namespace lf::models
