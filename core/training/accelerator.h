// The interface between the core and a device plug-in: training steps that run on the device,
// several enqueued at a time. Core and plug-in include nothing else of each other.
#pragma once

#include <ATen/ATen.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "flow/time_sampling.h"
#include "optim/adamw.h"
#include "training/latents.h"

namespace lf::training {

/// Values that change from step to step.
struct StepPlan {
  double rate = 0;            ///< learning rate
  int64_t update = 1;         ///< number of the optimiser's update, from 1
  double average_weight = 0;  ///< share of the new weights in the average; 0 leaves the average unchanged
  double penalty = 0;         ///< β of the autoencoder's KL term
};

struct StepOutcome {
  double loss = 0, gradient_norm = 0;
};

/// The results of steps that were enqueued together, and the times and losses (B) of the last one's
/// samples, on the CPU; undefined where samples have no times.
struct BurstOutcome {
  std::vector<StepOutcome> steps;
  at::Tensor times, losses;
};

/// Steps on a device. Not thread-safe.
class StepEngine {
 public:
  virtual ~StepEngine() = default;

  /// Enqueues the steps `first`, first + 1, … and returns at once. At most most_steps() of them,
  /// and at most two launches may be pending. Throws RunError.
  virtual void launch(int64_t first, const std::vector<StepPlan>& steps) = 0;
  /// Waits for the oldest pending launch. Throws RunError if the device failed.
  virtual BurstOutcome receive() = 0;
  virtual int64_t most_steps() const = 0;
};

/// The buffers of an optimiser on the device, all (P) float32 and kept; `average` may be undefined.
struct OptimizerMemory {
  at::Tensor weights, gradient, first, second, average;
  optim::AdamWOptions options;
};

/// Inputs of a flow step. Functions and tensors are kept.
struct FlowEngineInput {
  OptimizerMemory memory;
  Latents latents;                  ///< (N, 64), all known; copied to the device
  Standardisation standardisation;  ///< copied to the device
  at::Tensor labels;                ///< (N) int64; copied to the device
  int64_t batch = 0;
  double sigma_min = 0, label_drop = 0;
  flow::TimeLaw law = flow::TimeLaw::Mixed;
  uint64_t seed = 0;
  /// x_t, target (B, 64), t (B), labels (B) → the loss of every sample (B), differentiable in the
  /// weights.
  std::function<at::Tensor(const at::Tensor& x_t, const at::Tensor& target, const at::Tensor& t,
                           const at::Tensor& labels)>
      losses;
};

/// Inputs of an autoencoder step.
struct ImageEngineInput {
  OptimizerMemory memory;
  at::Tensor pixels;  ///< uint8 (N, 784); copied to the device
  int64_t batch = 0;
  uint64_t seed = 0;
  /// images (B, 784) in [0, 1], noise (B, 64), penalty (scalar tensor) → loss (scalar).
  std::function<at::Tensor(const at::Tensor& images, const at::Tensor& noise, const at::Tensor& penalty)>
      loss;
};

/// One device.
class Accelerator {
 public:
  virtual ~Accelerator() = default;

  /// Name for display, e.g. "NVIDIA H100 80GB HBM3".
  virtual std::string name() const = 0;
  virtual at::Device device() const = 0;
  /// Throw RunError if the device cannot make this step.
  virtual std::unique_ptr<StepEngine> flow_engine(const FlowEngineInput& input) = 0;
  virtual std::unique_ptr<StepEngine> image_engine(const ImageEngineInput& input) = 0;
};

/// The only function that a plug-in exports. Returns its accelerator, owned by the caller, or null
/// with a one-line message in `why`. `version` is kAcceleratorVersion of the caller; a plug-in of
/// another version refuses.
using MakeAcceleratorFunction = Accelerator*(int version, char* why, size_t why_size);
inline constexpr const char* kMakeAcceleratorSymbol = "latentflow_make_accelerator";
inline constexpr int kAcceleratorVersion = 1;

}  // namespace lf::training
