// How long one optimiser step takes on this machine, measured on throw-away networks so that the run itself
// is untouched.
#pragma once

#include <memory>

#include "experiment/model.h"
#include "training/autoencoder_trainer.h"
#include "training/flow_trainer.h"

namespace lf {

/// The trainers' options that the settings describe.
AutoencoderTrainingOptions autoencoder_options(const Settings& settings, int64_t train_count);
FlowTrainingOptions flow_options(const Settings& settings);

/// Seconds per optimiser step.
struct StepSeconds {
  double autoencoder = 0, flow = 0;
};

/// Times a few steps of both trainers, one slice at a time.
class SpeedProbe {
 public:
  SpeedProbe(const Settings& settings, const at::Tensor& pixels);

  /// One slice; false when both are measured.
  bool advance();
  /// The medians of the measured steps.
  StepSeconds result() const;

 private:
  std::unique_ptr<Model> model_;
  std::unique_ptr<AutoencoderTrainer> autoencoder_;
  std::unique_ptr<FlowTrainer> flow_;
  std::vector<double> autoencoder_times_, flow_times_;
  double slice_sum_ = 0;
};

}  // namespace lf
