// What every velocity network offers, and the visible table of them.
#pragma once

#include <ATen/ATen.h>

#include <memory>
#include <string>
#include <vector>

#include "config/settings.h"
#include "models/parameter_set.h"
#include "models/velocity_probe.h"

namespace lf {

/// Label that stands for "no label" (the null class of guidance).
constexpr int64_t kNullLabel = 10;

/// v_θ(x, t, digit). Zero-initialised output: an untrained net gives v ≡ 0, or a Gaussian's velocity where it
/// is preconditioned.
class VelocityNet {
 public:
  virtual ~VelocityNet() = default;

  /// x (B, 4, 4, 4), t (B) in [0, 1], labels (B) int64 in 0…10 (10 = none) → velocity (B, 4, 4, 4), on the
  /// device of x wherever the weights are. A net without labels ignores them.
  virtual at::Tensor forward(const at::Tensor& x, const at::Tensor& t, const at::Tensor& labels) const = 0;
  /// The same, and notes in `probe` what happened inside, on the device of the weights. No gradients.
  virtual at::Tensor probe(const at::Tensor& x, const at::Tensor& t, const at::Tensor& labels,
                           VelocityProbe& probe) const = 0;
  /// False: it learns all digits as one distribution and cannot be asked for one of them.
  virtual bool labelled() const = 0;
  /// The same weights with gradients of their own (see ParameterSet::shadow).
  virtual std::unique_ptr<VelocityNet> shadow() const = 0;
  /// The same net with weights of its own, not trainable.
  virtual std::unique_ptr<VelocityNet> copy() const = 0;
  /// Moves weights and constants to a device, with a gradient buffer there if `trainable`.
  virtual void move_to(at::Device device, bool trainable) = 0;
  /// Digits that keep one forward pass near 50 ms on two cores, or on the device where the weights are.
  virtual int64_t slice_digits() const = 0;
  /// Multiply-adds of one forward pass per digit, times two.
  virtual double flop_per_digit() const = 0;

  virtual ParameterSet& parameters() = 0;
  virtual const ParameterSet& parameters() const = 0;
};

/// Do these settings ask for a net that adds to a Gaussian's velocity (preconditioning.h)?
bool preconditioned(const Settings& settings);

/// What slice_digits comes to for a net of this cost: as many digits as 6 GFLOP compute (on an accelerator
/// 400), 4 to 4096.
int64_t digits_in_slice(double flop_per_digit, at::Device device);

/// One row of the table: a name as in the setting flow.net, and how the settings describe it.
struct VelocityNetInfo {
  std::string name;
  std::unique_ptr<VelocityNet> (*make)(const Settings&, at::Generator, bool trainable);
  std::vector<ParameterSpec> (*layout)(const Settings&);  ///< names and shapes, nothing allocated
};

/// The visible table of velocity networks.
const std::vector<VelocityNetInfo>& velocity_net_table();
/// Throws InputError that lists the known.
const VelocityNetInfo& velocity_net_info(const std::string& name);

/// The net that the settings flow.* describe. Throws InputError where their numbers do not fit together.
std::unique_ptr<VelocityNet> make_velocity_net(const Settings& settings, at::Generator generator,
                                               bool trainable);

}  // namespace lf
