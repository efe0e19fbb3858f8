// A flow trainer on artificial latents, with its networks.
#pragma once

#include <memory>

#include "data/generator.h"
#include "models/velocity_dit.h"
#include "training/flow/trainer.h"

namespace lf::testing {

struct FlowBench {
  explicit FlowBench(const FlowTrainingOptions& given, Accelerator* accelerator = nullptr) {
    const VelocityDitConfig config{2, 32, 1, 4, 3};
    net = std::make_unique<VelocityDit>(config, make_generator(1, Purpose::FlowInit), true);
    average = std::make_unique<VelocityDit>(config, make_generator(1, Purpose::FlowInit), false);
    auto generator = make_generator(5, Purpose::HeldOut);
    latents = std::make_unique<LatentCache>(
        Latents{at::randn({512, 64}, generator, at::kFloat) * 2 + 1, at::full({512, 64}, 0.5f)});
    standardisation = standardise(latents->all());
    trainer = std::make_unique<FlowTrainer>(*net, *average, *latents, standardisation,
                                            at::arange(512, at::kLong).remainder(10), given, accelerator);
  }
  void step() {
    while (!trainer->advance_step()) {
    }
  }
  std::unique_ptr<VelocityDit> net, average;
  std::unique_ptr<LatentCache> latents;
  Standardisation standardisation;
  std::unique_ptr<FlowTrainer> trainer;
};

}  // namespace lf::testing
