// How long one optimiser step takes on this machine, measured on throw-away networks so that the run itself
// is untouched.
#pragma once

#include <array>
#include <memory>
#include <vector>

#include "inference/model.h"
#include "run/budget_plan.h"
#include "training/autoencoder/trainer.h"
#include "training/flow/trainer.h"

namespace lf {

/// The trainers' options that the settings describe.
AutoencoderTrainingOptions autoencoder_options(const Settings& settings, int64_t train_count);
FlowTrainingOptions flow_options(const Settings& settings);

/// How much hangs on what is measured: the split of a budget in seconds, or only the estimate of the time
/// left.
enum class ProbeFor { Plan, Estimate };

/// Times a few steps of each kind, one slice at a time: what a run spends before its first step, so no more
/// than needed. An estimate takes three steps of autoencoder and flow and reckons the rest. Of a large
/// velocity net it takes the first two blocks and reckons up, so that the memory of a second one is never
/// needed.
class SpeedProbe {
 public:
  /// `model` says which networks; it outlives the probe and is not touched. pixels: uint8 (N, 784). The steps
  /// run on `accelerator` where that is not null.
  SpeedProbe(const Model& model, const at::Tensor& pixels, Accelerator* accelerator = nullptr,
             ProbeFor purpose = ProbeFor::Plan);

  /// One slice; false when all is measured.
  bool advance();
  /// The medians of the measured steps.
  StepSeconds result() const;

 private:
  /// What is measured, in this order; a kind that the run has not is left out.
  enum Kind : size_t { Joint, Decoder, Encode, Flow, kKinds };

  /// Steps that are thrown away, and steps that count.
  struct Counts {
    size_t warm_up, measured;
  };

  bool wanted(Kind kind) const;
  Counts counts() const;
  bool enough(const std::vector<double>& times) const;
  void begin(Kind kind);
  void begin_autoencoder();
  void begin_flow();
  bool slice();

  const Model& model_;
  Accelerator* accelerator_;
  ProbeFor purpose_;
  at::Tensor pixels_;
  std::unique_ptr<ConvAutoencoder> own_;
  std::unique_ptr<AutoencoderTrainer> autoencoder_;
  std::unique_ptr<VelocityNet> net_, average_;
  LatentCache latents_;
  std::unique_ptr<FlowTrainer> flow_;
  Kind kind_ = Joint;
  std::array<std::vector<double>, kKinds> times_;
  double slice_sum_ = 0, flow_factor_ = 1;
};

}  // namespace lf
