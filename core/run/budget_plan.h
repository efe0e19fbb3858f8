// The plan that a budget of steps, epochs or seconds comes to.
#pragma once

#include <cstdint>

#include "config/settings.h"
#include "records/plan.h"

namespace lf::run {

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
records::RunPlan plan_run(const Budget& budget, const Settings& settings, int64_t train_count,
                          StepSeconds speed, double spent);

}  // namespace lf::run
