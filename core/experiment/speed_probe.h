// How long one optimiser step takes on this machine, measured on throw-away networks so that the run itself
// is untouched.
#pragma once

#include <memory>
#include <vector>

#include "experiment/run_plan.h"
#include "inference/model.h"
#include "training/autoencoder_trainer.h"
#include "training/flow_trainer.h"

namespace lf {

/// The trainers' options that the settings describe.
AutoencoderTrainingOptions autoencoder_options(const Settings& settings, int64_t train_count);
FlowTrainingOptions flow_options(const Settings& settings);

/// Times a few steps of both trainers, one slice at a time. Of a large velocity net it takes the first two
/// blocks and reckons up, so that the memory of a second one is never needed.
class SpeedProbe {
 public:
  /// `model` says which networks; it outlives the probe and is not touched. pixels: uint8 (N, 784). The steps
  /// run on `accelerator` where that is not null.
  SpeedProbe(const Model& model, const at::Tensor& pixels, Accelerator* accelerator = nullptr);

  /// One slice; false when all is measured.
  bool advance();
  /// The medians of the measured steps.
  StepSeconds result() const;

 private:
  bool measures_autoencoder() const;
  void begin_flow();

  const Model& model_;
  Accelerator* accelerator_;
  at::Tensor pixels_;
  std::unique_ptr<ConvAutoencoder> own_;
  std::unique_ptr<AutoencoderTrainer> autoencoder_;
  std::unique_ptr<VelocityNet> net_, average_;
  LatentCache latents_;
  std::unique_ptr<FlowTrainer> flow_;
  std::vector<double> autoencoder_times_, flow_times_;
  double slice_sum_ = 0, flow_factor_ = 1;
};

}  // namespace lf
