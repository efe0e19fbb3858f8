#include "training/flow/step.h"

namespace lf::training {

std::unique_ptr<FlowStep> make_flow_step(models::VelocityNet& net, optim::Optimizer& optimizer,
                                         int64_t micro_batch, kernels::Arithmetic arithmetic) {
  auto* dit = dynamic_cast<models::Dit*>(&net);
  auto* adamw = dynamic_cast<optim::AdamW*>(&optimizer);
  if (dit && adamw && !net.parameters().flat_gradient().defined())
    return make_dit_step(*dit, *adamw, arithmetic);
  auto* velocity = dynamic_cast<models::VelocityDit*>(&net);
  if (velocity) return make_velocity_dit_step(*velocity, optimizer, micro_batch, arithmetic);
  return make_parts_step(net, optimizer, micro_batch);
}

bool trains_in_place(const Settings& settings) {
  return settings.flow.net == "dit" && settings.flow.clip == 0 && settings.flow.optimizer == "adamw";
}

}  // namespace lf::training
