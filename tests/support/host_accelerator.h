// The device's step on the processor: the same arithmetic, sample by sample and weight by weight, in float32.
// What the captured step must equal, and an accelerator for machines that have none.
#pragma once

#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>

#include <algorithm>
#include <cmath>
#include <deque>

#include "cuda/flow_draw.h"
#include "cuda/image_draw.h"
#include "cuda/keys.h"
#include "cuda/update.h"
#include "training/accelerator.h"

namespace lf::testing {

/// Launched steps are done at once and told when they are received.
class HostStep : public StepEngine {
 public:
  explicit HostStep(OptimizerMemory memory) : memory_(std::move(memory)) {}

  void launch(int64_t first, const std::vector<StepPlan>& steps) override {
    BurstOutcome burst;
    for (size_t i = 0; i < steps.size(); ++i)
      burst.steps.push_back(step(static_cast<uint64_t>(first) + i, steps[i]));
    burst.times = times().defined() ? times().clone() : at::Tensor();
    burst.losses = losses_.clone();
    bursts_.push_back(burst);
  }
  BurstOutcome receive() override {
    const BurstOutcome burst = bursts_.front();
    bursts_.pop_front();
    return burst;
  }
  int64_t most_steps() const override { return 16; }

 protected:
  virtual at::Tensor losses(uint64_t step, const StepPlan& plan) = 0;
  virtual at::Tensor times() const { return {}; }

 private:
  StepOutcome step(uint64_t step, const StepPlan& plan) {
    {
      const at::AutoGradMode grad(true);
      const at::Tensor each = losses(step, plan);
      each.mean().backward();
      losses_ = each.detach();
    }
    const double norm = memory_.gradient.norm().item<double>();
    update(plan, norm);
    return {losses_.mean().item<double>(), norm};
  }
  void update(const StepPlan& plan, double norm) {
    const AdamWOptions& o = memory_.options;
    const auto k = static_cast<double>(plan.update);
    const UpdateRule rule{static_cast<float>(o.beta1), static_cast<float>(o.beta2),
                          static_cast<float>(o.epsilon), static_cast<float>(o.weight_decay),
                          static_cast<float>(o.clip)};
    const ScheduleRow row{static_cast<float>(plan.rate), static_cast<float>(1 - std::pow(o.beta1, k)),
                          static_cast<float>(std::sqrt(1 - std::pow(o.beta2, k))),
                          static_cast<float>(plan.average_weight), 0};
    const UpdateBuffers buffers{memory_.weights.data_ptr<float>(),
                                memory_.gradient.data_ptr<float>(),
                                memory_.first.data_ptr<float>(),
                                memory_.second.data_ptr<float>(),
                                memory_.average.defined() ? memory_.average.data_ptr<float>() : nullptr,
                                memory_.weights.numel()};
    const float factor = clip_factor(norm, rule);
    for (int64_t i = 0; i < buffers.count; ++i) update_weight(buffers, rule, row, factor, i);
  }

  OptimizerMemory memory_;
  at::Tensor losses_;
  std::deque<BurstOutcome> bursts_;
};

class HostFlowStep : public HostStep {
 public:
  explicit HostFlowStep(const FlowEngineInput& input) : HostStep(input.memory), in_(input) {
    const int64_t count = in_.labels.size(0), batch = std::min(in_.batch, count);
    x_t_ = at::zeros({batch, kDrawnLatent});
    target_ = at::zeros({batch, kDrawnLatent});
    t_ = at::zeros({batch});
    drawn_ = at::zeros({batch}, at::kLong);
    draw_ = {in_.latents.mean.data_ptr<float>(),
             in_.latents.deviation.data_ptr<float>(),
             in_.standardisation.shift.data_ptr<float>(),
             in_.standardisation.scale.data_ptr<float>(),
             in_.labels.data_ptr<int64_t>(),
             static_cast<uint64_t>(count),
             static_cast<uint64_t>(batch),
             flow_keys(in_.seed),
             static_cast<DrawLaw>(in_.law),
             static_cast<float>(in_.sigma_min),
             static_cast<float>(in_.label_drop),
             x_t_.data_ptr<float>(),
             target_.data_ptr<float>(),
             t_.data_ptr<float>(),
             drawn_.data_ptr<int64_t>()};
  }

 private:
  at::Tensor losses(uint64_t step, const StepPlan&) override {
    for (uint64_t i = 0; i < draw_.batch; ++i) {
      for (int quad = 0; quad < kDrawnQuads; ++quad) draw_flow_quad(draw_, step, i, quad);
    }
    return in_.losses(x_t_, target_, t_, drawn_);
  }
  at::Tensor times() const override { return t_; }

  FlowEngineInput in_;
  at::Tensor x_t_, target_, t_, drawn_;
  FlowDraw draw_;
};

class HostImageStep : public HostStep {
 public:
  explicit HostImageStep(const ImageEngineInput& input) : HostStep(input.memory), in_(input) {
    const int64_t count = in_.pixels.size(0), batch = std::min(in_.batch, count);
    images_ = at::zeros({batch, kDrawnPixels});
    noise_ = at::zeros({batch, kDrawnLatent});
    draw_ = {in_.pixels.data_ptr<uint8_t>(),
             static_cast<uint64_t>(count),
             static_cast<uint64_t>(batch),
             derived_seed(in_.seed, Purpose::AutoencoderOrder),
             derived_seed(in_.seed, Purpose::AutoencoderNoise),
             images_.data_ptr<float>(),
             noise_.data_ptr<float>()};
  }

 private:
  at::Tensor losses(uint64_t step, const StepPlan& plan) override {
    for (uint64_t i = 0; i < draw_.batch; ++i) {
      for (int quad = 0; quad < kDrawnPixels / 4; ++quad) draw_image_quad(draw_, step, i, quad);
    }
    return in_.loss(images_, noise_, at::full({}, plan.penalty, at::kFloat)).reshape({1});
  }

  ImageEngineInput in_;
  at::Tensor images_, noise_;
  ImageDraw draw_;
};

class HostAccelerator : public Accelerator {
 public:
  std::string name() const override { return "the processor, as a device"; }
  at::Device device() const override { return at::kCPU; }
  std::unique_ptr<StepEngine> flow_engine(const FlowEngineInput& input) override {
    return std::make_unique<HostFlowStep>(input);
  }
  std::unique_ptr<StepEngine> image_engine(const ImageEngineInput& input) override {
    return std::make_unique<HostImageStep>(input);
  }
};

}  // namespace lf::testing
