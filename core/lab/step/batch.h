// What a step of the flow's training begins with: a batch, and an optimiser.
#pragma once

#include <memory>

#include "lab/latent_store.h"
#include "optim/optimizer.h"
#include "training/flow/step.h"

namespace lf {

/// A batch as the trainer would make it of the training digits `rows` (B) int64, whose latents are known:
/// noise, a draw from each posterior, times by the model's law, labels of which some are hidden. A pure
/// function of `seed` and `counter`.
FlowBatch training_batch(const Model& model, const LatentStore::Split& train, const at::Tensor& rows,
                         uint64_t seed, uint64_t counter);

/// The optimiser that these settings train with, without memory. Muon moves each matrix in every step here:
/// in training in every third, three times as far.
std::unique_ptr<Optimizer> new_optimizer(const ParameterSet& parameters, const Settings& settings);

}  // namespace lf
