// The device's step on the processor: the same arithmetic, sample by sample and weight by weight,
// in float32. It is the reference for the captured step, and an accelerator for machines without
// one.
#pragma once

#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>

#include <algorithm>
#include <cstdlib>
#include <deque>

#include "cuda/batch_memory.h"
#include "cuda/update_inputs.h"
#include "training/accelerator.h"

namespace lf::testing {

/// Launched steps run at once and are reported when they are received.
class HostStep : public training::StepEngine {
 public:
  explicit HostStep(training::OptimizerMemory memory) : memory_(std::move(memory)) {}

  void launch(int64_t first, const std::vector<training::StepPlan>& steps) override {
    // A device that runs out of memory once: the exception of LibTorch.
    const char* fails = std::getenv("FAKE_PLUGIN_FAILS_AT");
    if (fails && first + static_cast<int64_t>(steps.size()) > std::atoll(fails))
      at::empty({int64_t{1} << 50});
    training::BurstOutcome burst;
    for (size_t i = 0; i < steps.size(); ++i)
      burst.steps.push_back(step(static_cast<uint64_t>(first) + i, steps[i]));
    burst.times = times().defined() ? times().clone() : at::Tensor();
    burst.losses = losses_.clone();
    bursts_.push_back(burst);
  }
  training::BurstOutcome receive() override {
    const training::BurstOutcome burst = bursts_.front();
    bursts_.pop_front();
    return burst;
  }
  int64_t most_steps() const override { return 16; }

 protected:
  virtual at::Tensor losses(uint64_t step, const training::StepPlan& plan) = 0;
  virtual at::Tensor times() const { return {}; }

 private:
  training::StepOutcome step(uint64_t step, const training::StepPlan& plan) {
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
  void update(const training::StepPlan& plan, double norm) {
    const cuda::UpdateRule rule = cuda::update_rule(memory_.options);
    const cuda::ScheduleRow row = cuda::schedule_row(plan, memory_.options);
    const cuda::UpdateBuffers buffers = cuda::update_buffers(memory_, memory_.weights.numel());
    const float factor = cuda::clip_factor(norm, rule);
    for (int64_t i = 0; i < buffers.count; ++i) cuda::update_weight(buffers, rule, row, factor, i);
  }

  training::OptimizerMemory memory_;
  at::Tensor losses_;
  std::deque<training::BurstOutcome> bursts_;
};

class HostFlowStep : public HostStep {
 public:
  explicit HostFlowStep(const training::FlowEngineInput& input)
      : HostStep(input.memory),
        in_(input),
        batch_(std::min(in_.batch, in_.labels.size(0)), at::kCPU),
        draw_(cuda::flow_draw(in_, batch_)) {}

 private:
  at::Tensor losses(uint64_t step, const training::StepPlan&) override {
    for (uint64_t i = 0; i < draw_.batch; ++i) {
      for (int quad = 0; quad < cuda::kDrawnQuads; ++quad) cuda::draw_flow_quad(draw_, step, i, quad);
    }
    return in_.losses(batch_.x_t, batch_.target, batch_.t, batch_.drawn);
  }
  at::Tensor times() const override { return batch_.t; }

  training::FlowEngineInput in_;
  cuda::FlowBatchMemory batch_;
  cuda::FlowDraw draw_;
};

class HostImageStep : public HostStep {
 public:
  explicit HostImageStep(const training::ImageEngineInput& input)
      : HostStep(input.memory),
        in_(input),
        batch_(std::min(in_.batch, in_.pixels.size(0)), at::kCPU),
        draw_(cuda::image_draw(in_, batch_)) {}

 private:
  at::Tensor losses(uint64_t step, const training::StepPlan& plan) override {
    for (uint64_t i = 0; i < draw_.batch; ++i) {
      for (int quad = 0; quad < cuda::kDrawnPixels / 4; ++quad) cuda::draw_image_quad(draw_, step, i, quad);
    }
    return in_.loss(batch_.images, batch_.noise, at::full({}, plan.penalty, at::kFloat)).reshape({1});
  }

  training::ImageEngineInput in_;
  cuda::ImageBatchMemory batch_;
  cuda::ImageDraw draw_;
};

class HostAccelerator : public training::Accelerator {
 public:
  std::string name() const override { return "the processor, as a device"; }
  at::Device device() const override { return at::kCPU; }
  std::unique_ptr<training::StepEngine> flow_engine(const training::FlowEngineInput& input) override {
    return std::make_unique<HostFlowStep>(input);
  }
  std::unique_ptr<training::StepEngine> image_engine(const training::ImageEngineInput& input) override {
    return std::make_unique<HostImageStep>(input);
  }
};

}  // namespace lf::testing
