// The duration of one optimiser step on this machine, measured on temporary networks so that the
// run itself is unaffected.
#pragma once

#include <array>
#include <memory>
#include <vector>

#include "base/sliced_work.h"
#include "inference/model.h"
#include "run/budget_plan.h"
#include "training/autoencoder/trainer.h"
#include "training/flow/trainer.h"

namespace lf {

/// The trainers' options according to the settings.
AutoencoderTrainingOptions autoencoder_options(const Settings& settings, int64_t train_count);
FlowTrainingOptions flow_options(const Settings& settings);

/// The purpose of a measurement: the split of a budget in seconds, or only an estimate of the
/// remaining time.
enum class ProbeFor { Plan, Estimate };

/// Times a few steps of each kind, one slice at a time. A run spends this time before its first
/// step, so no more than needed. An estimate measures three steps of autoencoder and flow and
/// computes the rest. Of a large velocity network it measures the first two blocks and
/// extrapolates, so that the memory of a second one is never needed.
class SpeedProbe : public SlicedWork {
 public:
  /// `model` defines the networks; it outlives the probe and is not changed. pixels: uint8 (N,
  /// 784). The steps run on `accelerator` if that is not null.
  SpeedProbe(const Model& model, const at::Tensor& pixels, Accelerator* accelerator = nullptr,
             ProbeFor purpose = ProbeFor::Plan);

  /// One slice; false when all is measured.
  bool advance() override;
  double progress() const override { return static_cast<double>(kind_) / kKinds; }
  /// The medians of the measured steps.
  StepSeconds result() const;

 private:
  /// The measurements, in this order; kinds that the run does not have are skipped.
  enum Kind : size_t { Joint, Decoder, Encode, Flow, kKinds };

  /// Steps that are ignored, and steps that count.
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
