// The flow's step for the DiT of the reference system: a batch for dit_stepper.h.
#include "flow/paths.h"
#include "training/flow/step.h"
#include "training/reference_dit/dit_stepper.h"

namespace lf::training {
namespace {

class DitStep : public FlowStep {
 public:
  DitStep(models::Dit& net, optim::AdamW& optimizer, kernels::Arithmetic arithmetic)
      : stepper_(net, optimizer, arithmetic) {}

  void begin(FlowBatch batch, double sigma_min, double rate) override {
    const flow::PathSample path = flow::ot_path(batch.x0, batch.x1, batch.t, sigma_min);
    stepper_.begin(path.x_t, batch.t, path.target, rate);
  }
  bool advance_step() override { return stepper_.advance_step(); }
  bool weights_whole() const override { return !stepper_.under_way(); }
  const at::Tensor& losses() const override { return stepper_.loss_per_sample(); }
  double gradient_norm() const override { return stepper_.gradient_norm(); }

 private:
  DitStepper stepper_;
};

}  // namespace

std::unique_ptr<FlowStep> make_dit_step(models::Dit& net, optim::AdamW& optimizer,
                                        kernels::Arithmetic arithmetic) {
  return std::make_unique<DitStep>(net, optimizer, arithmetic);
}

}  // namespace lf::training
