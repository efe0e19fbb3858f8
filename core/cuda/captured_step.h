// A training step, captured once as a CUDA graph and replayed. Forward and backward are LibTorch's
// operations on the plain network, the rest our kernels. Nothing in it depends on the host, so
// replays are enqueued ahead.
#pragma once

#include <ATen/ATen.h>
#include <ATen/cuda/CUDAGraph.h>
#include <c10/cuda/CUDAEvent.h>
#include <c10/cuda/CUDAStream.h>

#include <deque>

#include "cuda/device_memory.h"
#include "training/accelerator.h"

namespace lf::cuda {

class CapturedStep : public training::StepEngine {
 public:
  void launch(int64_t first, const std::vector<training::StepPlan>& steps) override;
  training::BurstOutcome receive() override;
  int64_t most_steps() const override { return static_cast<int64_t>(kRows) / 2; }

 protected:
  CapturedStep(at::Device device, training::OptimizerMemory memory);

  /// Warms up and captures; the last call of a derived constructor.
  void capture();
  /// Enqueues the batch of the current step.
  virtual void draw(cudaStream_t stream) = 0;
  /// The loss of every sample (B), or one for all (1): differentiable.
  virtual at::Tensor losses() = 0;
  /// The samples' times (B) on the device; undefined if they have none.
  virtual at::Tensor times() const { return {}; }

  const StepExchange& exchange() const { return exchange_; }
  /// Waits until all enqueued work is done; the first call of a derived destructor, whose tensors
  /// it uses.
  void finish() noexcept;

 private:
  struct Burst {
    int64_t first, count, slot;
    c10::cuda::CUDAEvent done{cudaEventDisableTiming | cudaEventBlockingSync};
  };

  void enqueue_burst(int64_t first, const std::vector<training::StepPlan>& steps);
  void enqueue_step(int64_t updated);
  void warm_up();
  void record_graph();
  void wait_for_default_stream();
  void let_default_stream_wait();

  training::OptimizerMemory memory_;
  c10::cuda::CUDAStream stream_;
  StepExchange exchange_;
  bool bfloat_;  ///< products in bfloat16
  at::cuda::CUDAGraph graph_;
  at::Tensor losses_;                    ///< of the last step, on the device
  at::Tensor host_times_, host_losses_;  ///< (2, B), pinned: one row per slot
  std::deque<Burst> bursts_;             ///< enqueued, not received
  int64_t next_ = 0, launches_ = 0;      ///< the next step of the device
};

}  // namespace lf::cuda
