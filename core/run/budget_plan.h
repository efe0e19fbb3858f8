// The plan that a budget of steps, epochs or seconds comes to.
#pragma once

#include <cstdint>

#include "config/settings.h"
#include "records/plan.h"

namespace lf {

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
