// Where a run is, in plain numbers.
#pragma once

#include <cstdint>

#include "records/plan.h"
#include "run/budget_plan.h"

namespace lf::run {

/// What a run does, in this order. Pairs: a reflow lets the model generate what it is then trained on.
enum class RunStage { Measure, Autoencoder, Latents, Pairs, Flow, Finished };

struct RunStatus {
  RunStage stage = RunStage::Measure;
  records::RunPlan plan;
  StepSeconds speed;  ///< as measured before the first step
  int64_t autoencoder_step = 0, flow_step = 0;
  int64_t steps_per_epoch = 0;   ///< flow steps; 0 before the flow
  int64_t train_count = 0;       ///< digits of the training set
  int64_t reflow_pairs = 0;      ///< that a reflow trains on; 0 where this is none
  double seconds = 0;            ///< of training so far
  double seconds_left = -1;      ///< estimated; negative when unknown
  double steps_per_second = 0;   ///< of the present stage
  double digits_per_second = 0;  ///< of the present stage
  double rate_factor = 1;  ///< what its learning rates were multiplied by since they were set, in (0, 1]
  double last_loss = 0;
  /// The loss of a flow that has learned nothing: E[x1²] + (1 − σ_min)²; 0 before the latents are known, and
  /// for pairs that are not independent.
  double start_loss = 0;
  /// The loss is worse than that of an untrained network: such weights are not autosaved.
  bool lost = false;
};

}  // namespace lf::run
