// What the flow sees of some digits in one step.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>

#include "flow/coupling.h"
#include "flow/time_sampling.h"
#include "training/flow/step.h"
#include "training/latents.h"

namespace lf {

/// How pairs are drawn.
struct BatchDraw {
  TimeLaw time_law = TimeLaw::Mixed;
  double label_drop = 0.1;  ///< chance that a label is hidden
  uint64_t seed = 1;
  CouplingLaw coupling = CouplingLaw::Independent;  ///< which noise goes with which digit of the batch
};

/// Noise, a draw from each posterior, paired by the coupling, times by the law, labels of which some are
/// hidden (the coupling sees them all). posterior: (B, 64) raw; labels: (B) int64. A pure function of the
/// seed and `counter`, the step.
FlowBatch draw_flow_batch(const Latents& posterior, const Standardisation& standardisation,
                          const at::Tensor& labels, const BatchDraw& draw, uint64_t counter);

/// (B, 64) as (B, 4, 4, 4).
at::Tensor as_maps(const at::Tensor& flat);

}  // namespace lf
