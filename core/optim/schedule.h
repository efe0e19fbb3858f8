// Learning rates as functions of the step.
#pragma once

#include <cstdint>

namespace lf::optim {

/// From `from` (x = 0) to `to` (x = 1) along half a cosine.
double cosine_between(double from, double to, double x);

/// Linear warm-up over `warmup` steps, constant, then linear to 0 over the last `decay` (0..1) of
/// `total` steps. `step` counts from 0. Beyond the total the learning rate is 0.
double trapezoid_rate(double peak, int64_t step, int64_t warmup, int64_t total, double decay);

/// One cycle (Smith & Topin 2018): cosine from peak/25 up to the peak over the first tenth, cosine down to
/// peak/1e4.
double one_cycle_rate(double peak, int64_t step, int64_t total);

}  // namespace lf::optim
