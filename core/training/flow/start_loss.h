// The loss of an untrained flow: known before the first step.
#pragma once

#include "flow/time_sampling.h"

namespace lf::training {

/// `mean_square` is E[x1²] of the standardised latents. The loss of a network with zero output is
/// the mean square of the target x1 − (1 − σ_min) x0 (Lipman et al. 2023), E[x1²] + (1 − σ_min)².
/// Added to a Gaussian's velocity k(t) x_t, it is the mean over the sampled times of (1 − k t)²
/// E[x1²] + (1 − σ_min + k σ_t)², with σ_t = 1 − (1 − σ_min) t.
double start_loss(double mean_square, double sigma_min, bool preconditioned, flow::TimeLaw law);

}  // namespace lf::training
