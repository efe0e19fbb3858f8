// How many steps a run takes.
#pragma once

#include <cstdint>

#include "messages/settings.h"

namespace lf {

/// Steps that a budget comes to, fixed before training begins.
struct RunPlan {
  int64_t autoencoder_steps = 0, flow_steps = 0;
  double until_fd = 0;  ///< positive: the flow trains at constant rate until the score is below

  int64_t steps() const { return autoencoder_steps + flow_steps; }
};

/// What the parts of a run take.
struct StepSeconds {
  double autoencoder = 0;  ///< one optimiser step; 0 where none is trained
  double flow = 0;         ///< one optimiser step
  double encode = 0;       ///< the posterior of one digit
};

/// Splits `budget` into steps: the autoencoder gets its epochs (none where it comes from a file), but at most
/// 30 % of a budget in seconds; encoding the latents is charged as measured; the flow gets the rest. `spent`
/// seconds are already gone.
RunPlan plan_run(const Budget& budget, const Settings& settings, int64_t train_count, StepSeconds speed,
                 double spent);

}  // namespace lf
