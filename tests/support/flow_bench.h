// A flow trainer on artificial latents, with its networks.
#pragma once

#include <memory>

#include "data/generator.h"
#include "models/velocity_dit.h"
#include "training/flow/trainer.h"

namespace lf::testing {

struct FlowBench {
  explicit FlowBench(const training::FlowTrainingOptions& given,
                     training::Accelerator* accelerator = nullptr) {
    const models::VelocityDitConfig config{2, 32, 1, 4, 3};
    net = std::make_unique<models::VelocityDit>(config, data::make_generator(1, Purpose::FlowInit), true);
    average =
        std::make_unique<models::VelocityDit>(config, data::make_generator(1, Purpose::FlowInit), false);
    auto generator = data::make_generator(5, Purpose::HeldOut);
    latents = std::make_unique<training::LatentCache>(
        training::Latents{at::randn({512, 64}, generator, at::kFloat) * 2 + 1, at::full({512, 64}, 0.5f)});
    standardisation = training::standardise(latents->all());
    trainer =
        std::make_unique<training::FlowTrainer>(*net, *average, *latents, standardisation,
                                                at::arange(512, at::kLong).remainder(10), given, accelerator);
  }
  void step() {
    while (!trainer->advance_step()) {
    }
  }
  std::unique_ptr<models::VelocityDit> net, average;
  std::unique_ptr<training::LatentCache> latents;
  training::Standardisation standardisation;
  std::unique_ptr<training::FlowTrainer> trainer;
};

}  // namespace lf::testing
