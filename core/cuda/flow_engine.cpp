

#include <algorithm>

#include "cuda/captured_step.h"
#include "cuda/engines.h"
#include "cuda/guarded.h"
#include "cuda/keys.h"

namespace lf {
namespace {

static_assert(static_cast<int>(DrawLaw::Uniform) == static_cast<int>(TimeLaw::Uniform) &&
                  static_cast<int>(DrawLaw::Stratified) == static_cast<int>(TimeLaw::Stratified) &&
                  static_cast<int>(DrawLaw::LogitNormal) == static_cast<int>(TimeLaw::LogitNormal) &&
                  static_cast<int>(DrawLaw::Mixed) == static_cast<int>(TimeLaw::Mixed),
              "the device's time laws are those of flow/time_sampling.h");

/// Keeps what a flow step draws from on the device, and the batch it makes of it.
class FlowEngine : public CapturedStep {
 public:
  FlowEngine(at::Device device, const FlowEngineInput& input)
      : CapturedStep(device, input.memory), losses_of_(input.losses), sources_(sources_on(device, input)) {
    const auto floats = at::TensorOptions().dtype(at::kFloat).device(device);
    const int64_t count = sources_.labels.size(0), batch = std::min(input.batch, count);
    x_t_ = at::zeros({batch, kDrawnLatent}, floats);
    target_ = at::zeros({batch, kDrawnLatent}, floats);
    t_ = at::zeros({batch}, floats);
    drawn_ = at::zeros({batch}, floats.dtype(at::kLong));
    draw_ = {sources_.mean.data_ptr<float>(),
             sources_.deviation.data_ptr<float>(),
             sources_.shift.data_ptr<float>(),
             sources_.scale.data_ptr<float>(),
             sources_.labels.data_ptr<int64_t>(),
             static_cast<uint64_t>(count),
             static_cast<uint64_t>(batch),
             flow_keys(input.seed),
             static_cast<DrawLaw>(input.law),
             static_cast<float>(input.sigma_min),
             static_cast<float>(input.label_drop),
             x_t_.data_ptr<float>(),
             target_.data_ptr<float>(),
             t_.data_ptr<float>(),
             drawn_.data_ptr<int64_t>()};
    capture();
  }
  ~FlowEngine() override { finish(); }

 private:
  struct Sources {
    at::Tensor mean, deviation, shift, scale, labels;
  };

  static Sources sources_on(at::Device device, const FlowEngineInput& input) {
    const auto there = [device](const at::Tensor& tensor) { return tensor.to(device).contiguous(); };
    return {there(input.latents.mean), there(input.latents.deviation), there(input.standardisation.shift),
            there(input.standardisation.scale), there(input.labels)};
  }

  void draw(cudaStream_t stream) override { enqueue_draw(draw_, exchange().memory(), stream); }
  at::Tensor losses() override { return losses_of_(x_t_, target_, t_, drawn_); }
  at::Tensor times() const override { return t_; }

  decltype(FlowEngineInput::losses) losses_of_;
  Sources sources_;
  at::Tensor x_t_, target_, t_, drawn_;  ///< the batch: (B, 64), (B, 64), (B), (B)
  FlowDraw draw_;
};

}  // namespace

std::unique_ptr<StepEngine> make_flow_engine(at::Device device, const FlowEngineInput& input) {
  return guarded("preparing the flow step", [&] { return std::make_unique<FlowEngine>(device, input); });
}

}  // namespace lf
