// The loss of a flow that has learned nothing: known before the first step.
#pragma once

#include "flow/time_sampling.h"

namespace lf {

/// `mean_square` is E[x1²] of the standardised latents. A net whose output is zero scores E[x1²] + (1 −
/// σ_min)² (science: the loss at the start); one that adds to a Gaussian's velocity k(t) x_t scores the mean
/// over the times of the law of (1 − k t)² E[x1²] + (1 − σ_min + k σ_t)², with σ_t = 1 − (1 − σ_min) t.
double start_loss(double mean_square, double sigma_min, bool preconditioned, TimeLaw law);

}  // namespace lf
