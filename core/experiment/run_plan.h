// How many steps a run takes.
#pragma once

#include <cstdint>

#include "messages/settings.h"

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

/// Does the setting autoencoder.freeze let all of the autoencoder be trained before the flow?
bool freezes_at_end(const Settings& settings);

/// What the parts of a run take.
struct StepSeconds {
  double autoencoder = 0;  ///< one optimiser step; 0 where none is trained
  double flow = 0;         ///< one optimiser step
  double encode = 0;       ///< the posterior of one digit
  double decoder = 0;      ///< one optimiser step of the decoder alone; 0: as long as one of both
};

/// Splits `budget` into steps: the autoencoder gets its epochs (none where it comes from a file), but at most
/// 30 % of a budget in seconds, the decoder's steps beside the flow included; encoding the latents is charged
/// as measured; the flow gets the rest. `spent` seconds are already gone.
RunPlan plan_run(const Budget& budget, const Settings& settings, int64_t train_count, StepSeconds speed,
                 double spent);

}  // namespace lf
