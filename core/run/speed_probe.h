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

namespace lf::run {

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
  SpeedProbe(const inference::Model& model, const at::Tensor& pixels,
             training::Accelerator* accelerator = nullptr, ProbeFor purpose = ProbeFor::Plan);

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

  const inference::Model& model_;
  training::Accelerator* accelerator_;
  ProbeFor purpose_;
  at::Tensor pixels_;
  std::unique_ptr<models::ConvAutoencoder> own_;
  std::unique_ptr<training::AutoencoderTrainer> autoencoder_;
  std::unique_ptr<models::VelocityNet> net_, average_;
  training::LatentCache latents_;
  std::unique_ptr<training::FlowTrainer> flow_;
  Kind kind_ = Joint;
  std::array<std::vector<double>, kKinds> times_;
  double slice_sum_ = 0, flow_factor_ = 1;
};

}  // namespace lf::run
