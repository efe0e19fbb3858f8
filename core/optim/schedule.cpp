#include "optim/schedule.h"

#include <algorithm>
#include <cmath>

namespace lf::optim {

double cosine_between(double from, double to, double x) {
  return to + (from - to) * 0.5 * (1 + std::cos(M_PI * x));
}

double trapezoid_rate(double peak, int64_t step, int64_t warmup, int64_t total, double decay) {
  if (step >= total) return 0;
  const double rise =
      warmup > 0 ? std::min(1.0, static_cast<double>(step + 1) / static_cast<double>(warmup)) : 1.0;
  const double decay_steps = decay * static_cast<double>(total);
  const double left = static_cast<double>(total - step);
  const double fall = decay_steps > 0 ? std::min(1.0, left / decay_steps) : 1.0;
  return peak * std::min(rise, fall);
}

double one_cycle_rate(double peak, int64_t step, int64_t total) {
  const double rise = std::max(1.0, 0.1 * static_cast<double>(total));
  const double x = static_cast<double>(std::min(step, total));
  if (x < rise) return cosine_between(peak / 25, peak, x / rise);
  return cosine_between(peak, peak / 1e4,
                        std::min(1.0, (x - rise) / std::max(1.0, static_cast<double>(total) - rise)));
}

}  // namespace lf::optim
