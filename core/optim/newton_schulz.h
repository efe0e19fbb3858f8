// The nearest orthogonal matrix, approximately and by products alone.
#pragma once

#include <ATen/core/Tensor.h>

#include "kernels/arithmetic.h"

namespace lf::optim {

/// Approximately U Vᵀ of G = U Σ Vᵀ (R, C), with the same singular directions and singular values
/// near 1: `steps` of the quintic Newton–Schulz iteration X ← aX + b(XXᵀ)X + c(XXᵀ)²X from G/|G|.
/// The coefficients of Jordan et al. (2024, "Muon") trade accuracy for speed near zero. Five steps
/// bring every value above |G|/1000 between 0.7 and 1.2. Three, which train as well here
/// (docs/recipe.md), leave those below |G|/40 smaller. A zero matrix stays zero. In bfloat16 the
/// operands of the products are rounded, as in that paper; sums stay float32. `norm` is |G|. Runs
/// on the calling thread.
at::Tensor orthogonalised(const at::Tensor& matrix, double norm, int steps, kernels::Arithmetic arithmetic);

}  // namespace lf::optim
