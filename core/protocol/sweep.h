// A sweep as the window shows it and its record stores it: plan, runs, results for each combination.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/image_sheet.h"
#include "config/sweep.h"

namespace lf {

/// Stopped: by the median rule. Failed: an error that concerns this run alone.
enum class SweepState { Waiting, Running, Done, Stopped, Diverged, Failed };

/// waiting, running, done, stopped, diverged or failed.
const char* sweep_state_name(SweepState state);
/// The inverse. Throws InputError that lists the known names.
SweepState sweep_state_of(const std::string& name);

/// One run of a sweep. Scores that were not measured are −1.
struct SweepRun {
  std::string name;  ///< of its folder, in that of the sweep
  SweepPoint point;  ///< its combination
  int64_t seed = 1;
  SweepState state = SweepState::Waiting;
  std::string note;  ///< why it ended early
  int64_t autoencoder_steps = 0, flow_steps = 0, flow_total = 0;
  double seconds = 0;  ///< of training
  double fd = -1;      ///< percent
  double accuracy = -1, psnr = -1, loss = -1;
  std::vector<double> checks;  ///< FD% of few samples at each check of the median rule so far
  std::string weights;         ///< digest of the flow's weights

  bool ended() const { return state != SweepState::Waiting && state != SweepState::Running; }
};

/// Mean and sample standard deviation; −1 without values, or with one.
struct SweepMean {
  double mean = -1, deviation = -1;
};

/// The results of a combination over its seeds.
struct SweepSummary {
  SweepPoint point;
  int64_t done = 0;    ///< runs that were trained to their end and scored
  int64_t others = 0;  ///< runs that ended early
  SweepMean fd, accuracy, psnr, seconds;
};

/// A summary for each combination, in the order of their first runs.
std::vector<SweepSummary> summarise_sweep(const std::vector<SweepRun>& runs);

/// Indices of the runs: finished ones by FD, then those that ended early, the running and the waiting ones.
std::vector<size_t> ranked_runs(const std::vector<SweepRun>& runs);

/// The combination of the lowest mean FD among those with the most finished runs; -1 if no run is finished.
int64_t best_combination(const std::vector<SweepSummary>& summaries);

/// A run's state in a table: "done", "stopped at step 300 of 1200 by the median rule", "diverged: …".
std::string sweep_state_text(const SweepRun& run);

/// The duration and the disk space of a sweep, as far as they are known.
struct SweepEstimate {
  double run_seconds = -1;  ///< of one run, with its score
  double seconds_left = -1;
  double bytes = 0;       ///< of all runs
  double free_bytes = 0;  ///< of the disk
};

/// "12 runs, about 4 min 10 s, 0.5 GB on the disk".
std::string sweep_estimate_text(size_t runs, const SweepEstimate& estimate);

/// The current or opened sweep.
struct SweepBlock {
  std::string folder;  ///< "" while only its duration is estimated
  SweepPlan plan;
  std::string problem;  ///< of the plan that was sent for an estimate; "" if it can be trained
  bool active = false;  ///< a job trains it
  double progress = 0;
  std::vector<SweepRun> runs;  ///< in the order of training
  std::vector<SweepSummary> summaries;
  std::vector<std::shared_ptr<const ImageSheet>> samples;  ///< of each run ten digits; null while unknown
  SweepEstimate estimate;
  uint64_t version = 0;
};

}  // namespace lf
