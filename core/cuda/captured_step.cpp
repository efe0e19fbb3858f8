#include "cuda/captured_step.h"

#include <ATen/core/grad_mode.h>
#include <c10/cuda/CUDAException.h>
#include <c10/cuda/CUDAFunctions.h>
#include <c10/cuda/CUDAGuard.h>

#include "base/errors.h"
#include "cuda/autocast.h"
#include "cuda/guarded.h"
#include "cuda/update_inputs.h"

namespace lf::cuda {
namespace {

constexpr int kWarmUps = 3;

/// The hardware supports bfloat16 products from compute capability 8.0 on.
bool has_bfloat(at::Device device) {
  int major = 0;
  C10_CUDA_CHECK(cudaDeviceGetAttribute(&major, cudaDevAttrComputeCapabilityMajor, device.index()));
  return major >= 8;
}

void check(const training::OptimizerMemory& m, at::Device device) {
  for (const at::Tensor* tensor : {&m.weights, &m.gradient, &m.first, &m.second, &m.average}) {
    if (!tensor->defined() && tensor == &m.average) continue;
    if (!tensor->defined() || tensor->device() != device || tensor->scalar_type() != at::kFloat ||
        !tensor->is_contiguous() || tensor->numel() != m.weights.numel())
      throw RunError("a captured step needs float32 buffers of one length on its own device");
  }
}

}  // namespace

CapturedStep::CapturedStep(at::Device device, training::OptimizerMemory memory)
    : memory_(std::move(memory)),
      stream_(c10::cuda::getStreamFromPool(/*isHighPriority=*/false, device.index())),
      exchange_(device),
      bfloat_(has_bfloat(device)) {
  check(memory_, device);
}

void CapturedStep::finish() noexcept {
  // A failed device has already reported its error; here it is only cleared.
  if (cudaStreamSynchronize(stream_.stream()) != cudaSuccess) (void)cudaGetLastError();
}

/// Everything outside this class uses the default stream: its operations may read or write the
/// weights.
void CapturedStep::wait_for_default_stream() {
  c10::cuda::CUDAEvent event;
  event.record(c10::cuda::getDefaultCUDAStream(stream_.device_index()));
  event.block(stream_);
}

/// Later operations of the default stream see the weights after the last enqueued step.
void CapturedStep::let_default_stream_wait() {
  c10::cuda::CUDAEvent event;
  event.record(stream_);
  event.block(c10::cuda::getDefaultCUDAStream(stream_.device_index()));
}

/// One step on the current stream; only the first `updated` weights are updated.
void CapturedStep::enqueue_step(int64_t updated) {
  const StepMemory memory = exchange_.memory();
  draw(stream_.stream());
  C10_CUDA_KERNEL_LAUNCH_CHECK();
  {
    const at::AutoGradMode grad(true);
    at::Tensor each;
    {
      const BfloatProducts products(bfloat_);
      each = losses().to(at::kFloat).contiguous();
    }
    each.mean().backward();  // outside the casts: each operation has its own types
    losses_ = each.detach();
  }
  enqueue_update(update_buffers(memory_, updated), update_rule(memory_.options), memory, stream_.stream());
  C10_CUDA_KERNEL_LAUNCH_CHECK();
  enqueue_finish(losses_.data_ptr<float>(), losses_.numel(), memory, stream_.stream());
  C10_CUDA_KERNEL_LAUNCH_CHECK();
}

/// Handles, workspaces and kernels are created at their first use, which would break a capture. An
/// update of no weights changes nothing.
void CapturedStep::warm_up() {
  for (int i = 0; i < kWarmUps; ++i) {
    enqueue_step(0);
    memory_.gradient.zero_();
  }
  exchange_.set_step(0);
  losses_ = at::Tensor();
}

void CapturedStep::record_graph() {
  // Thread-local: other threads may call CUDA meanwhile.
  graph_.capture_begin({0, 0}, cudaStreamCaptureModeThreadLocal);
  try {
    enqueue_step(memory_.weights.numel());
  } catch (...) {
    try {
      graph_.capture_end();  // otherwise the stream stays in a capture forever
    } catch (const c10::Error&) {
    }
    throw;
  }
  graph_.capture_end();
}

void CapturedStep::capture() {
  const c10::cuda::CUDAStreamGuard guard(stream_);
  try {
    wait_for_default_stream();
    warm_up();
    record_graph();
    const auto pinned = at::TensorOptions().dtype(at::kFloat).pinned_memory(true);
    host_losses_ = at::empty({2, losses_.numel()}, pinned);
    if (times().defined()) host_times_ = at::empty({2, times().numel()}, pinned);
  } catch (...) {
    finish();  // no destructor of a derived class will do it
    throw;
  }
}

void CapturedStep::launch(int64_t first, const std::vector<training::StepPlan>& steps) {
  guarded("a training step", [&] { enqueue_burst(first, steps); });
}

void CapturedStep::enqueue_burst(int64_t first, const std::vector<training::StepPlan>& steps) {
  if (bursts_.size() >= 2 || steps.empty() || static_cast<int64_t>(steps.size()) > most_steps())
    throw RunError("a device was given more steps than it can hold");
  const c10::cuda::CUDAStreamGuard guard(stream_);
  const at::NoGradGuard no_grad;
  wait_for_default_stream();
  if (first != next_) exchange_.set_step(first);
  exchange_.send(first, steps, memory_.options);
  for (size_t i = 0; i < steps.size(); ++i) graph_.replay();
  const int64_t slot = launches_++ % 2;
  exchange_.fetch(slot);
  host_losses_.select(0, slot).copy_(losses_, /*non_blocking=*/true);
  if (host_times_.defined()) host_times_.select(0, slot).copy_(times(), /*non_blocking=*/true);
  bursts_.emplace_back();
  bursts_.back().first = first;
  bursts_.back().count = static_cast<int64_t>(steps.size());
  bursts_.back().slot = slot;
  bursts_.back().done.record(stream_);
  let_default_stream_wait();
  next_ = first + bursts_.back().count;
}

training::BurstOutcome CapturedStep::receive() {
  if (bursts_.empty()) throw RunError("nothing was launched that could be received");
  Burst& burst = bursts_.front();
  guarded("a training step", [&] { burst.done.synchronize(); });
  training::BurstOutcome outcome;
  for (int64_t i = 0; i < burst.count; ++i)
    outcome.steps.push_back(exchange_.outcome(burst.slot, burst.first + i));
  if (host_times_.defined()) {
    outcome.times = host_times_.select(0, burst.slot).clone();
    outcome.losses = host_losses_.select(0, burst.slot).clone();
  }
  bursts_.pop_front();
  return outcome;
}

}  // namespace lf::cuda
