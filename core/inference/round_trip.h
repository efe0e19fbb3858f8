// From digits back to their noise, and forward again.
#pragma once

#include <ATen/ATen.h>

#include <cstdint>
#include <optional>
#include <vector>

#include "base/sliced_work.h"
#include "flow/integrate.h"
#include "inference/model.h"
#include "inference/sampling.h"

namespace lf::inference {

/// Steps of rk4 in each direction that return a digit to within a thousandth of a standard
/// deviation.
constexpr int64_t kInversionSteps = 50;

/// Pixels uint8 (B, 784) → standardised posterior means (B, 4, 4, 4).
at::Tensor standard_latents(const Model& model, const at::Tensor& pixels);

/// Velocity of one digit: conditional if the network is and `label` is not −1.
flow::VelocityField digit_velocity(const Model& model, int label, bool raw_weights = false);

/// Solves one field from t = 1 to 0 and from there to 1, one evaluation at a time.
class RoundTrip : public SlicedWork {
 public:
  /// latents: (B, 4, 4, 4) at t = 1; the field gets B rows. InputError of Integration.
  RoundTrip(flow::VelocityField field, at::Tensor latents, const SampleOptions& options);

  /// One function evaluation; false once it is back at t = 1. RunError of Integration::supply.
  bool advance() override;
  /// True once the noise is reached.
  bool turned() const { return back_.has_value(); }
  /// 0..1.
  double progress() const override;

  /// The trajectory from t = 1 to 0; complete once turned.
  const flow::Trajectory& there() const { return there_.trajectory(); }
  /// The trajectory from t = 0 to 1; only once turned.
  const flow::Trajectory& back() const { return back_->trajectory(); }
  /// (B, 4, 4, 4), only once turned.
  const at::Tensor& noise() const { return there().x.back(); }
  /// Function evaluations so far, in both directions.
  int64_t nfe() const { return there().nfe + (back_ ? back().nfe : 0); }
  /// RMS difference per coordinate between start and end; only at the end.
  double error() const;

 private:
  flow::VelocityField field_;
  at::Tensor latents_;
  flow::IntegrateOptions options_;
  flow::Integration there_;
  std::optional<flow::Integration> back_;
};

/// One noise drawn as several classes, one evaluation at a time.
class ClassEdit : public SlicedWork {
 public:
  /// noise: (1, 4, 4, 4) of one digit; `options` say solver, steps and guidance. The model outlives it.
  ClassEdit(const Model& model, const at::Tensor& noise, const std::vector<int64_t>& classes,
            const SampleOptions& options, bool raw_weights = false);

  /// One velocity evaluation; false when all is drawn. RunError of Integration::supply.
  bool advance() override;
  /// 0..1.
  double progress() const override { return way_.trajectory().t.back(); }
  /// Row by row the classes in their order.
  const flow::Trajectory& trajectory() const { return way_.trajectory(); }

 private:
  flow::VelocityField field_;
  flow::Integration way_;
};

}  // namespace lf::inference
