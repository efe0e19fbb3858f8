// Muon (Jordan et al. 2024): momentum whose matrices are made orthogonal, so that every direction
// of a weight learns at the same speed. Parameters that are not hidden matrices use AdamW.
#pragma once

#include <ATen/ATen.h>

#include <vector>

#include "kernels/arithmetic.h"
#include "optim/adamw.h"
#include "optim/optimizer.h"

namespace lf::optim {

/// A matrix inside a flat buffer: rows × columns numbers from `offset` on.
struct FlatMatrix {
  int64_t offset = 0, rows = 0, columns = 0;
};

struct MuonOptions {
  AdamWOptions adamw;      ///< for the other parameters; clipping and weight decay for all
  double rate_ratio = 1;   ///< Muon's learning rate as a multiple of AdamW's
  double momentum = 0.95;  ///< Nesterov's
  /// Every matrix is updated at one of so many steps, with that many times the step size. The
  /// others are updated in between. Orthogonalising is expensive, and momentum hardly changes
  /// direction in three steps.
  int64_t turns = 3;
  kernels::Arithmetic arithmetic = kernels::Arithmetic::Float32;  ///< of the iteration's products
};

class Muon : public Optimizer {
 public:
  /// `parameters` and `gradients` (both (P) float32) are kept and updated in place; `matrices` are
  /// disjoint and in the order of their offsets. Throws InputError otherwise.
  Muon(at::Tensor parameters, at::Tensor gradients, std::vector<FlatMatrix> matrices,
       const MuonOptions& options);

  void step_with_norm(double rate, double norm) override;

 private:
  void find_rest(const std::vector<FlatMatrix>& matrices);
  /// Adds the gradient to the momentum; updates the weights only in the matrix's step.
  void update_matrix(const FlatMatrix& matrix, double rate, double divisor, bool moves);
  void update_rest(double rate, double divisor);

  at::Tensor parameters_;
  MuonOptions options_;
  std::vector<FlatMatrix> matrices_;               ///< the most expensive first; momentum is in `first`
  std::vector<std::pair<int64_t, int64_t>> rest_;  ///< offset and length of what AdamW updates
  at::Tensor step_, divisor_;
};

}  // namespace lf::optim
