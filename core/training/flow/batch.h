// The flow's training batch: noise, latents, times and labels of one step.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>

#include "flow/coupling.h"
#include "flow/time_sampling.h"
#include "training/flow/step.h"
#include "training/latents.h"

namespace lf::training {

/// How pairs are sampled.
struct BatchDraw {
  flow::TimeLaw time_law = flow::TimeLaw::Mixed;
  double label_drop = 0.1;  ///< probability that a label is hidden
  uint64_t seed = 1;
  flow::CouplingLaw coupling =
      flow::CouplingLaw::Independent;  ///< pairing of noise and digits within the batch
};

/// Noise, a sample of each posterior, paired by the coupling, times, and labels of which some are
/// hidden (the coupling uses all labels). posterior: (B, 64) raw; labels: (B) int64. A pure
/// function of the seed and `counter`, the step.
FlowBatch draw_flow_batch(const Latents& posterior, const Standardisation& standardisation,
                          const at::Tensor& labels, const BatchDraw& draw, uint64_t counter);

/// (B, 64) as (B, 4, 4, 4).
at::Tensor as_maps(const at::Tensor& flat);

}  // namespace lf::training
