#include "cuda/kernels.h"

namespace lf::cuda {
namespace {

constexpr int kThreads = 256;
static_assert(kThreads == kNormParts, "each thread of an update sums one partial norm");

unsigned blocks_for(uint64_t threads) { return static_cast<unsigned>((threads + kThreads - 1) / kThreads); }

__device__ uint64_t thread_number() { return uint64_t{blockIdx.x} * blockDim.x + threadIdx.x; }

/// The sum of every thread's `value`, for every thread; always in the same order.
__device__ double block_sum(double value) {
  __shared__ double sums[kThreads];
  sums[threadIdx.x] = value;
  __syncthreads();
  for (int half = kThreads / 2; half > 0; half /= 2) {
    if (threadIdx.x < half) sums[threadIdx.x] += sums[threadIdx.x + half];
    __syncthreads();
  }
  const double sum = sums[0];
  __syncthreads();  // the memory may be reused
  return sum;
}

__global__ void flow_draw_kernel(FlowDraw draw, StepMemory memory) {
  const uint64_t n = thread_number(), i = n / kDrawnQuads;
  if (i < draw.batch) draw_flow_quad(draw, *memory.step, i, static_cast<int>(n % kDrawnQuads));
}

__global__ void image_draw_kernel(ImageDraw draw, StepMemory memory) {
  constexpr uint64_t kQuads = kDrawnPixels / 4;
  const uint64_t n = thread_number(), i = n / kQuads;
  if (n == 0) *memory.penalty = memory.schedule[*memory.step % kRows].penalty;
  if (i < draw.batch) draw_image_quad(draw, *memory.step, i, static_cast<int>(n % kQuads));
}

__global__ void norm_kernel(const float* gradient, int64_t count, double* parts) {
  double sum = 0;
  const int64_t stride = int64_t{gridDim.x} * blockDim.x;
  for (auto i = static_cast<int64_t>(thread_number()); i < count; i += stride) {
    sum += static_cast<double>(gradient[i]) * gradient[i];
  }
  sum = block_sum(sum);
  if (threadIdx.x == 0) parts[blockIdx.x] = sum;
}

__global__ void update_kernel(UpdateBuffers buffers, UpdateRule rule, StepMemory memory) {
  const double norm = sqrt(block_sum(memory.norm_parts[threadIdx.x]));
  const ScheduleRow row = memory.schedule[*memory.step % kRows];
  const float factor = clip_factor(norm, rule);
  const int64_t stride = int64_t{gridDim.x} * blockDim.x;
  for (auto i = static_cast<int64_t>(thread_number()); i < buffers.count; i += stride) {
    update_weight(buffers, rule, row, factor, i);
  }
  if (thread_number() == 0) *memory.norm = static_cast<float>(norm);
}

__global__ void finish_kernel(const float* losses, int64_t count, StepMemory memory) {
  double sum = 0;
  for (int64_t i = threadIdx.x; i < count; i += blockDim.x) sum += losses[i];
  sum = block_sum(sum);
  if (threadIdx.x != 0) return;
  float* outcome = memory.outcomes + 2 * (*memory.step % kRows);
  outcome[0] = static_cast<float>(sum / static_cast<double>(count));
  outcome[1] = *memory.norm;
  ++*memory.step;
}

}  // namespace

void enqueue_draw(const FlowDraw& draw, const StepMemory& memory, cudaStream_t stream) {
  flow_draw_kernel<<<blocks_for(draw.batch * kDrawnQuads), kThreads, 0, stream>>>(draw, memory);
}

void enqueue_draw(const ImageDraw& draw, const StepMemory& memory, cudaStream_t stream) {
  image_draw_kernel<<<blocks_for(draw.batch * (kDrawnPixels / 4)), kThreads, 0, stream>>>(draw, memory);
}

void enqueue_update(const UpdateBuffers& buffers, const UpdateRule& rule, const StepMemory& memory,
                    cudaStream_t stream) {
  constexpr unsigned kMostBlocks = 1024;
  norm_kernel<<<kNormParts, kThreads, 0, stream>>>(buffers.gradient, buffers.count, memory.norm_parts);
  const unsigned wanted = blocks_for(static_cast<uint64_t>(buffers.count));
  const unsigned blocks = wanted < 1 ? 1 : wanted < kMostBlocks ? wanted : kMostBlocks;
  update_kernel<<<blocks, kThreads, 0, stream>>>(buffers, rule, memory);
}

void enqueue_finish(const float* losses, int64_t count, const StepMemory& memory, cudaStream_t stream) {
  finish_kernel<<<1, kThreads, 0, stream>>>(losses, count, memory);
}

}  // namespace lf::cuda
