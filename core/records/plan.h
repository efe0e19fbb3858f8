// The number and order of a run's steps. Needs no tensors, so it serves readers of a run's record.
#pragma once

#include <cstdint>

namespace lf::records {

/// Steps of a budget, fixed before training starts.
struct RunPlan {
  int64_t autoencoder_steps = 0, flow_steps = 0;
  double until_fd = 0;  ///< positive: the flow trains at constant learning rate until the score is below
  /// The first so many autoencoder steps train encoder and decoder, before the flow; the others
  /// train only the decoder, beside the flow.
  int64_t encoder_steps = 0;
  /// The flow steps, from the first on, between which the decoder's steps are spread evenly.
  int64_t shared_steps = 0;

  int64_t steps() const { return autoencoder_steps + flow_steps; }
};

/// The same plan with the encoder frozen after so many of the autoencoder's steps.
RunPlan with_frozen_encoder(RunPlan plan, int64_t encoder_steps);
/// The same plan with all of the autoencoder trained before the flow.
RunPlan without_frozen_encoder(RunPlan plan);

/// Autoencoder steps complete when flow step `flow_step` (from 0) starts: a function of the plan
/// alone. The last of them always come before the flow's last step.
int64_t autoencoder_steps_before(const RunPlan& plan, int64_t flow_step);

}  // namespace lf::records
