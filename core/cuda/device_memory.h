// Memory of a captured step that outlives its replays: the schedule, the results, the step number.
// As tensors, so that LibTorch's allocator owns all of it.
#pragma once

#include <ATen/ATen.h>

#include <vector>

#include "cuda/kernels.h"
#include "training/accelerator.h"

namespace lf::cuda {

/// The rows that host and device exchange, on both sides.
class StepExchange {
 public:
  explicit StepExchange(at::Device device);

  /// The device's side, for kernels.
  StepMemory memory() const;
  /// β of the current step, a scalar tensor on the device.
  const at::Tensor& penalty() const { return penalty_; }

  /// Enqueues on the current stream: the device continues at `step`.
  void set_step(int64_t step);
  /// Enqueues on the current stream the plans of steps `first`, first + 1, …; their rows must not be in use.
  void send(int64_t first, const std::vector<training::StepPlan>& plans, const optim::AdamWOptions& options);
  /// Enqueues on the current stream a copy of all results to the host's `slot` (0 or 1).
  void fetch(int64_t slot);
  /// The result of `step` from the last fetch of `slot`; its copy must be complete.
  training::StepOutcome outcome(int64_t slot, int64_t step) const;

 private:
  at::Tensor step_, schedule_, norm_parts_, norm_, penalty_, outcomes_;
  at::Tensor host_step_, host_schedule_, host_outcomes_;
};

}  // namespace lf::cuda
