// Trains the autoencoder: sum of binary cross-entropy with logits + β·KL (Kingma & Welling 2014), both per
// digit.
#pragma once

#include <ATen/ATen.h>

#include <map>
#include <memory>
#include <string>

#include "data/batches.h"
#include "kernels/arithmetic.h"
#include "models/conv_autoencoder.h"
#include "optim/optimizer.h"
#include "training/autoencoder/conv_autoencoder_gradient.h"
#include "training/latent_cache.h"
#include "training/step_pipeline.h"
#include "training/step_report.h"

namespace lf::training {

struct AutoencoderTrainingOptions {
  int64_t batch = 128, total_steps = 1404, beta_warmup = 200;
  int64_t encoder_steps = INT64_MAX / 2;  ///< the encoder is frozen after so many steps; see freeze_encoder
  double rate = 3e-3, beta = 0.1, clip = 20;
  bool muon = false;        ///< for the convolutions; AdamW for the other parameters
  double muon_rate = 0.02;  ///< peak learning rate, on the same schedule as `rate`
  uint64_t seed = 1;
  kernels::Arithmetic arithmetic =
      kernels::Arithmetic::Float32;  ///< of the convolutions' products, on the processor
  int64_t micro_batch = 1 << 30;     ///< digits per slice; a step is split into as many slices as needed
};

/// Loss of a batch and its two parts, nats per digit.
struct AutoencoderLoss {
  at::Tensor total, reconstruction, divergence;
};

/// images (B, 1, 28, 28), noise (B, 4, 4, 4) ~ N(0, I).
AutoencoderLoss autoencoder_loss(const models::ConvAutoencoder& net, const at::Tensor& images,
                                 const at::Tensor& noise, double beta);

/// The same for digits whose `posterior` (B, 64) comes from a frozen encoder: differentiable only
/// in the decoder's parameters.
AutoencoderLoss decoder_loss(const models::ConvAutoencoder& net, const at::Tensor& images,
                             const Latents& posterior, const at::Tensor& noise, double beta);

class AutoencoderTrainer {
 public:
  /// `net` and `pixels` (uint8 (N, 784)) outlive the trainer. With an `accelerator`, which outlives
  /// it too, steps run there; the network is on that device already.
  AutoencoderTrainer(models::ConvAutoencoder& net, at::Tensor pixels,
                     const AutoencoderTrainingOptions& options, Accelerator* accelerator = nullptr);

  /// Freezes the encoder, between two steps: its weights and their moments no longer change. The
  /// decoder continues along the same schedule, on new samples of `posteriors`. These are the
  /// posteriors of this encoder, contain every digit and outlive the trainer. With an accelerator
  /// these steps run there as single operations, not as a captured step.
  void freeze_encoder(const LatentCache& posteriors);
  bool encoder_frozen() const { return posteriors_ != nullptr; }

  /// One slice (one micro-batch). True when it completed an optimiser step: see report().
  bool advance_step();
  const StepReport& report() const { return report_; }
  int64_t step() const { return step_; }
  bool done() const { return step_ >= options_.total_steps; }
  int64_t steps_per_epoch() const { return order_.steps_per_epoch(); }
  const AutoencoderTrainingOptions& options() const { return options_; }
  /// Adapts the schedule to another budget (before it has passed).
  void set_total_steps(int64_t total) { options_.total_steps = total; }

  /// Multiplies every following learning rate of the schedule by `factor`.
  void set_rate_factor(double factor) { rate_factor_ = factor; }

  /// As in FlowTrainer.
  bool weights_whole() const { return !pipeline_ || pipeline_->idle(); }
  void hold();
  void stop_at(int64_t step) { stop_ = step; }

  std::map<std::string, at::Tensor> to_map() const;
  void load(const std::map<std::string, at::Tensor>& tensors, const std::string& file);

 private:
  void draw_batch();
  double beta_at(int64_t step) const;
  double rate_at(int64_t step) const;
  bool advance_here();
  bool advance_on_accelerator();
  std::unique_ptr<StepPipeline> make_pipeline();
  Latents part_posterior(int64_t first, int64_t count) const;
  double differentiate(int64_t first, int64_t count);
  double differentiate_by_hand(int64_t first, int64_t count);
  double differentiate_by_autograd(int64_t first, int64_t count);

  models::ConvAutoencoder& net_;
  at::Tensor pixels_;
  AutoencoderTrainingOptions options_;
  data::EpochOrder order_;
  std::unique_ptr<optim::Optimizer> optimizer_,
      decoder_optimizer_;                              ///< the second after the encoder is frozen
  std::unique_ptr<ConvAutoencoderGradient> gradient_;  ///< null: autograd, or an accelerator
  const LatentCache* posteriors_ = nullptr;            ///< of the frozen encoder
  StepReport report_;
  int64_t step_ = 0, done_in_batch_ = 0;
  at::Tensor images_, noise_;
  Latents posterior_;  ///< of the images, once the encoder is frozen
  double loss_sum_ = 0, rate_factor_ = 1;
  Accelerator* accelerator_;
  std::unique_ptr<StepPipeline> pipeline_;  ///< created at the first step on an accelerator
  int64_t stop_ = INT64_MAX;
};

}  // namespace lf::training
