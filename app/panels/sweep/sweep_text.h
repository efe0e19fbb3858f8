// Texts of the page "Sweep".
#pragma once

#include <string>

#include "protocol/sweep.h"

namespace lf::app::panels {

/// "5.42", or "—" for a score that was not measured; `factor` 100 for shares.
std::string score_cell(double value, int decimals, double factor = 1);
/// "5.42 ± 0.31".
std::string mean_cell(const SweepMean& mean, int decimals);
/// A short state for a column: "done", "stopped at 350".
std::string state_cell(const SweepRun& run);
/// How far the sweep is, its best combination, and the time left.
std::string sweep_sentence(const SweepBlock& sweep);
/// The values of a run's combination and its seed: "0.003 · 64 · seed 1".
std::string run_values(const SweepPlan& plan, const SweepRun& run);

}  // namespace lf::app::panels
