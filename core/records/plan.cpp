#include "records/plan.h"

#include <algorithm>

namespace lf::records {

RunPlan without_frozen_encoder(RunPlan plan) {
  plan.encoder_steps = plan.autoencoder_steps;
  plan.shared_steps = 0;
  return plan;
}

RunPlan with_frozen_encoder(RunPlan plan, int64_t encoder_steps) {
  if (encoder_steps >= plan.autoencoder_steps) return without_frozen_encoder(plan);
  plan.encoder_steps = encoder_steps;
  plan.shared_steps = plan.flow_steps;
  return plan;
}

int64_t autoencoder_steps_before(const RunPlan& plan, int64_t flow_step) {
  const int64_t alone = plan.autoencoder_steps - plan.encoder_steps;
  const int64_t over = std::max<int64_t>(1, std::min(plan.shared_steps, plan.flow_steps));
  if (flow_step + 1 >= over) return plan.autoencoder_steps;
  const double done = static_cast<double>(flow_step + 1) / static_cast<double>(over);
  return plan.encoder_steps + static_cast<int64_t>(static_cast<double>(alone) * done);
}

}  // namespace lf::records
