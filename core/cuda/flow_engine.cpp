// The flow's training step as a CUDA graph; its batch is sampled on the card.
#include <algorithm>

#include "cuda/batch_memory.h"
#include "cuda/captured_step.h"
#include "cuda/engines.h"
#include "cuda/guarded.h"

namespace lf::cuda {
namespace {

static_assert(static_cast<int>(DrawLaw::Uniform) == static_cast<int>(flow::TimeLaw::Uniform) &&
                  static_cast<int>(DrawLaw::Stratified) == static_cast<int>(flow::TimeLaw::Stratified) &&
                  static_cast<int>(DrawLaw::LogitNormal) == static_cast<int>(flow::TimeLaw::LogitNormal) &&
                  static_cast<int>(DrawLaw::Mixed) == static_cast<int>(flow::TimeLaw::Mixed),
              "the device's time laws are those of flow/time_sampling.h");

training::FlowEngineInput moved(training::FlowEngineInput input, at::Device device) {
  for (at::Tensor* tensor : {&input.latents.mean, &input.latents.deviation, &input.standardisation.shift,
                             &input.standardisation.scale, &input.labels})
    *tensor = tensor->to(device).contiguous();
  return input;
}

/// Keeps the inputs of a flow step on the device, and the batch made from them.
class FlowEngine : public CapturedStep {
 public:
  FlowEngine(at::Device device, const training::FlowEngineInput& input)
      : CapturedStep(device, input.memory),
        in_(moved(input, device)),
        batch_(std::min(in_.batch, in_.labels.size(0)), device),
        draw_(flow_draw(in_, batch_)) {
    capture();
  }
  ~FlowEngine() override { finish(); }

 private:
  void draw(cudaStream_t stream) override { enqueue_draw(draw_, exchange().memory(), stream); }
  at::Tensor losses() override { return in_.losses(batch_.x_t, batch_.target, batch_.t, batch_.drawn); }
  at::Tensor times() const override { return batch_.t; }

  training::FlowEngineInput in_;  ///< on the device
  FlowBatchMemory batch_;
  FlowDraw draw_;
};

}  // namespace

std::unique_ptr<training::StepEngine> make_flow_engine(at::Device device,
                                                       const training::FlowEngineInput& input) {
  return guarded("preparing the flow step", [&] { return std::make_unique<FlowEngine>(device, input); });
}

}  // namespace lf::cuda
