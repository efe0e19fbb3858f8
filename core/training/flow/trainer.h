// Trains the velocity network by conditional flow matching (Lipman et al. 2023) on standardised latents.
#pragma once

#include <ATen/ATen.h>

#include <map>
#include <memory>
#include <string>

#include "data/batches.h"
#include "flow/loss.h"
#include "flow/time_sampling.h"
#include "models/velocity_net.h"
#include "optim/ema.h"
#include "optim/optimizer.h"
#include "training/flow/pairs.h"
#include "training/flow/step.h"
#include "training/latent_cache.h"
#include "training/step_pipeline.h"
#include "training/step_report.h"

namespace lf::training {

struct FlowTrainingOptions {
  int64_t batch = 256, total_steps = 1404, warmup = 100;
  double rate = 1.5e-3, weight_decay = 0.01, beta2 = 0.99, clip = 1, decay = 0.5;
  bool muon = false;        ///< for the matrices of the blocks; AdamW for the other parameters
  double muon_rate = 0.02;  ///< on the same schedule as `rate`
  double sigma_min = 0, label_drop = 0.1, ema_gamma = 6.94;
  flow::TimeLaw time_law = flow::TimeLaw::Mixed;
  flow::CouplingLaw coupling =
      flow::CouplingLaw::Independent;  ///< on the processor; an accelerator pairs independently
  uint64_t seed = 1;
  int64_t micro_batch = 1 << 30;  ///< digits per slice; a step is split into as many slices as needed
  kernels::Arithmetic arithmetic = kernels::Arithmetic::Float32;  ///< of the products, on the processor
  int64_t epoch_digits = 0;                                       ///< digits per epoch; 0: the whole set
};

/// Steps per epoch of `count` digits: the whole set, or only `epoch_digits` of it if positive.
int64_t flow_steps_per_epoch(int64_t count, int64_t batch, int64_t epoch_digits);

class FlowTrainer {
 public:
  /// `net`, `average` (same layout, not trainable; the network itself if no average is kept) and
  /// `latents` outlive the trainer. labels: (N) int64. With an `accelerator`, which outlives it
  /// too, steps run there; both networks are there already and the network has a gradient buffer.
  FlowTrainer(models::VelocityNet& net, models::VelocityNet& average, LatentCache& latents,
              Standardisation standardisation, at::Tensor labels, const FlowTrainingOptions& options,
              Accelerator* accelerator = nullptr);

  /// One slice (some latents, or part of a step). True when it completed an optimiser step: see report().
  bool advance_step();
  /// Trains on these pairs, which outlive the trainer, instead of pairs of latents and fresh noise.
  /// Call before the first step, not with an accelerator.
  void train_on(const FlowPairs& pairs);
  const StepReport& report() const { return report_; }
  int64_t step() const { return step_; }
  bool done() const { return step_ >= options_.total_steps; }
  /// False while some weights already belong to a later step than step().
  bool weights_whole() const;
  /// Starts no further step on an accelerator until weights_whole().
  void hold();
  /// For an accelerator, whose steps run ahead: no step beyond `step` starts before stop_at is
  /// called again.
  void stop_at(int64_t step) { stop_ = step; }
  /// True while a step is incomplete. Its learning rate is then fixed.
  bool under_way() const { return begun_ || (pipeline_ && !pipeline_->idle()); }
  /// Steps per epoch.
  int64_t steps_per_epoch() const;
  const FlowTrainingOptions& options() const { return options_; }
  /// Adapts the schedule to another budget.
  void set_total_steps(int64_t total) { options_.total_steps = total; }
  /// Continues after the budget was spent: `steps` more, with a new warm-up.
  void extend(int64_t steps);
  /// Multiplies every following learning rate of the schedule by `factor`.
  void set_rate_factor(double factor) { rate_factor_ = factor; }
  /// Constant learning rate until finish_within is called (for a budget that ends by quality).
  void set_open_ended();
  /// The learning rate falls to zero over the next `steps` steps.
  void finish_within(int64_t steps);
  bool open_ended() const { return open_ended_; }
  /// Another share of the steps over which the learning rate falls, 0..1; a fall that has its own length,
  /// after a reached goal, keeps it.
  void set_decay(double decay) {
    if (decay_ == options_.decay) decay_ = decay;
  }

  /// Running mean of the loss per bin of t.
  const flow::LossByTime& loss_by_time() const { return by_time_; }
  /// The batch of any step: a pure function of the seed. The latents of its digits are known.
  FlowBatch batch(int64_t step);

  std::map<std::string, at::Tensor> to_map() const;
  void load(const std::map<std::string, at::Tensor>& tensors, const std::string& file);

 private:
  double rate_at(int64_t step) const;
  bool advance_here();
  bool advance_on_accelerator();
  std::unique_ptr<StepPipeline> make_pipeline();
  StepPlan plan(int64_t step) const;
  int64_t begun_steps() const { return pipeline_ ? pipeline_->enqueued() : step_; }

  models::VelocityNet& net_;
  models::VelocityNet& average_;
  LatentCache& latents_;
  const FlowPairs* pairs_ = nullptr;  ///< used instead of the latents
  Standardisation standardisation_;
  at::Tensor labels_;
  FlowTrainingOptions options_;
  data::EpochOrder order_;
  std::unique_ptr<optim::Optimizer> optimizer_;
  std::unique_ptr<FlowStep> flow_step_;
  optim::PowerEma ema_;
  flow::LossByTime by_time_;
  StepReport report_;
  Accelerator* accelerator_;
  std::unique_ptr<StepPipeline> pipeline_;  ///< created at the first step on an accelerator
  int64_t stop_ = INT64_MAX;
  bool begun_ = false;
  int64_t step_ = 0, schedule_start_ = 0;
  bool open_ended_ = false;
  double decay_, rate_factor_ = 1;
  at::Tensor times_;  ///< (B) of the current batch
};

}  // namespace lf::training
