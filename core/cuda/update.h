// The update of one weight in an optimiser step: AdamW (as in optim/adamw.h) and the running
// average (as in optim/ema.h).
#pragma once

#include <math.h>

#include <cstdint>

#include "cuda/host_device.h"

namespace lf::cuda {

/// Values that change from step to step, as the device reads them.
struct ScheduleRow {
  float rate;              ///< learning rate
  float first_correction;  ///< 1 − β1^k of the k-th update
  float second_root;       ///< √(1 − β2^k)
  float average_weight;    ///< share of the new weights in the average; 0 leaves the average unchanged
  float penalty;           ///< β of the autoencoder's KL term
};

/// Constant values.
struct UpdateRule {
  float beta1, beta2, epsilon, weight_decay;
  float clip;  ///< gradients with a larger norm are scaled down to it; 0 does not clip
};

/// The buffers of an update, all (count); `average` may be null.
struct UpdateBuffers {
  float *weights, *gradient, *first, *second, *average;
  int64_t count;
};

/// The factor that clips the gradient.
LF_HOST_DEVICE inline float clip_factor(double norm, const UpdateRule& rule) {
  return rule.clip > 0 && norm > rule.clip ? static_cast<float>(rule.clip / norm) : 1.0f;
}

/// Weight `i`; its gradient is zero afterwards.
LF_HOST_DEVICE inline void update_weight(const UpdateBuffers& b, const UpdateRule& rule,
                                         const ScheduleRow& row, float factor, int64_t i) {
  const float g = b.gradient[i] * factor;
  const float m = b.first[i] + (1 - rule.beta1) * (g - b.first[i]);
  const float v = rule.beta2 * b.second[i] + (1 - rule.beta2) * g * g;
  const float step = row.rate / row.first_correction * m / (sqrtf(v) / row.second_root + rule.epsilon);
  const float w = b.weights[i] * (1 - row.rate * rule.weight_decay) - step;
  b.first[i] = m;
  b.second[i] = v;
  b.weights[i] = w;
  b.gradient[i] = 0;
  if (b.average && row.average_weight > 0) b.average[i] += row.average_weight * (w - b.average[i]);
}

}  // namespace lf::cuda
