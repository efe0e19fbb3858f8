// The inputs of a training step of the flow: a batch, and an optimiser.
#pragma once

#include <memory>

#include "lab/latent_store.h"
#include "optim/optimizer.h"
#include "training/flow/step.h"

namespace lf::lab {

/// A batch as the trainer makes it from the training digits `rows` (B) int64, whose latents are
/// known: noise, a sample of each posterior, times as the model samples them, labels of which some
/// are hidden. A pure function of `seed` and `counter`.
training::FlowBatch training_batch(const inference::Model& model, const LatentStore::Split& train,
                                   const at::Tensor& rows, uint64_t seed, uint64_t counter);

/// A new optimiser as in these settings. Muon updates each matrix in every step here; in training
/// at every third, with three times the step size.
std::unique_ptr<optim::Optimizer> new_optimizer(const models::ParameterSet& parameters,
                                                const Settings& settings);

}  // namespace lf::lab
