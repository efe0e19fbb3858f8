// Likelihood of a latent under a flow: the change of density along its trajectory (Chen et al.
// 2018).
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <string>
#include <vector>

#include "base/sliced_work.h"
#include "flow/divergence.h"
#include "flow/guidance.h"
#include "flow/integrate.h"

namespace lf::flow {

/// The solver of the trajectory and of the divergence along it.
struct LikelihoodOptions {
  std::string solver = "rk4";  ///< an id of `solvers()`
  int steps = 20;              ///< equal steps of a fixed-step solver, >= 1
};

/// `ln p_1(x_1) = ln N(x_0; 0, I) - integral_0^1 div v(x_t, t) dt`; all (B, ...).
struct LogLikelihood {
  at::Tensor nats;            ///< (B) float64, of the (standardised) latent as given
  at::Tensor standard_error;  ///< (B) float64, from the probes; 0 for the exact divergence
  at::Tensor x0;              ///< (B, ...) the start of the trajectory, in the dtype of the latents
};

/// The integration from t = 1 to 0, one evaluation of velocity and divergence at a time:
///   complete(run);
/// With rk4, S steps are 4 S evaluations. Each calls the field for v and for the derivative in D
/// directions (exact) or one per probe. The state is float64; the field gets the dtype of the
/// latents.
class LikelihoodRun : public SlicedWork {
 public:
  /// latents: (B, ...), B >= 1, floating point, at t = 1. InputError of Integration.
  LikelihoodRun(const at::Tensor& latents, VelocityField field, Divergence divergence,
                const LikelihoodOptions& options = {});

  /// One evaluation. Errors of the field and of Integration::supply.
  bool advance() override;

  /// Progress from t = 1 to 0, in [0, 1].
  double progress() const override { return 1 - run_.trajectory().t.back(); }

  /// Only when complete.
  LogLikelihood result() const;

 private:
  std::vector<int64_t> shape_;  // of the latents
  at::ScalarType type_;
  int64_t numbers_;  // D
  VelocityField field_;
  Divergence divergence_;
  Integration run_;  // of (B, D + estimates): the point, and integrals of the divergence
};

/// `-nats / (numbers ln 2)`: bits per dimension of a latent of that many dimensions (>= 1). Fewer
/// bits mean higher likelihood; negative values are possible.
at::Tensor bits_per_dimension(const at::Tensor& nats, int64_t numbers);

}  // namespace lf::flow
