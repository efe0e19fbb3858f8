// How many steps a run takes, and in which order. Needs no tensors, for whoever reads the record of a run.
#pragma once

#include <cstdint>

namespace lf {

/// Steps that a budget comes to, fixed before training begins.
struct RunPlan {
  int64_t autoencoder_steps = 0, flow_steps = 0;
  double until_fd = 0;  ///< positive: the flow trains at constant rate until the score is below
  /// The first so many autoencoder steps train encoder and decoder, before the flow; the others train the
  /// decoder alone, beside the flow.
  int64_t encoder_steps = 0;
  /// Flow steps, from the first on, beside which the decoder's steps are spread evenly.
  int64_t shared_steps = 0;

  int64_t steps() const { return autoencoder_steps + flow_steps; }
};

/// The same plan, whose encoder is frozen after so many of the autoencoder's steps.
RunPlan with_frozen_encoder(RunPlan plan, int64_t encoder_steps);
/// The same plan, in which all of the autoencoder is trained before the flow.
RunPlan without_frozen_encoder(RunPlan plan);

/// Autoencoder steps that are done when flow step `flow_step` (from 0) begins: a function of the plan alone.
/// The last of them always come before the flow's last step.
int64_t autoencoder_steps_before(const RunPlan& plan, int64_t flow_step);

}  // namespace lf
