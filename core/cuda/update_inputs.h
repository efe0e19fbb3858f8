// Converts an optimiser step of the core to one of the kernels. For both sides: the tests run the
// same step on the processor.
#pragma once

#include <cmath>

#include "cuda/update.h"
#include "training/accelerator.h"

namespace lf::cuda {

inline UpdateRule update_rule(const optim::AdamWOptions& o) {
  return {static_cast<float>(o.beta1), static_cast<float>(o.beta2), static_cast<float>(o.epsilon),
          static_cast<float>(o.weight_decay), static_cast<float>(o.clip)};
}

inline ScheduleRow schedule_row(const training::StepPlan& plan, const optim::AdamWOptions& o) {
  const auto k = static_cast<double>(plan.update);
  return {static_cast<float>(plan.rate), static_cast<float>(1 - std::pow(o.beta1, k)),
          static_cast<float>(std::sqrt(1 - std::pow(o.beta2, k))), static_cast<float>(plan.average_weight),
          static_cast<float>(plan.penalty)};
}

/// Of the first `count` weights.
inline UpdateBuffers update_buffers(const training::OptimizerMemory& m, int64_t count) {
  return {m.weights.data_ptr<float>(),
          m.gradient.data_ptr<float>(),
          m.first.data_ptr<float>(),
          m.second.data_ptr<float>(),
          m.average.defined() ? m.average.data_ptr<float>() : nullptr,
          count};
}

}  // namespace lf::cuda
