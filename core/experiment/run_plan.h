// The number of steps of a run.
#pragma once

#include <cstdint>

#include "messages/settings.h"

namespace lf {

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

/// True if the setting autoencoder.freeze makes the whole autoencoder train before the flow.
bool freezes_at_end(const Settings& settings);

/// Durations of the parts of a run.
struct StepSeconds {
  double autoencoder = 0;  ///< one optimiser step; 0 if none is trained
  double flow = 0;         ///< one optimiser step
  double encode = 0;       ///< the posterior of one digit
  double decoder = 0;      ///< one step of the decoder alone; 0: as long as one of both
};

/// Splits `budget` into steps. The autoencoder gets its epochs (none if it comes from a file), but
/// at most 30 % of a budget in seconds, including the decoder's steps beside the flow. Encoding the
/// latents is charged as measured; the flow gets the rest. `spent` seconds are already used.
RunPlan plan_run(const Budget& budget, const Settings& settings, int64_t train_count, StepSeconds speed,
                 double spent);

}  // namespace lf
