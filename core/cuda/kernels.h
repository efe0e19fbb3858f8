// The operations on the card besides LibTorch's own. Everything is enqueued on a stream and reads
// the step number from device memory, so that a captured graph needs no change from replay to
// replay. Errors of a launch are cudaGetLastError's, which the caller checks.
#pragma once

#include <cuda_runtime_api.h>

#include "cuda/flow_draw.h"
#include "cuda/image_draw.h"
#include "cuda/update.h"

namespace lf::cuda {

/// Rows of the schedule and of the results: row `step % kRows` belongs to a step.
constexpr uint64_t kRows = 32;
/// Partial sums of the squared gradient norm.
constexpr int kNormParts = 256;

/// Addresses of a step's numbers on the device.
struct StepMemory {
  uint64_t* step;               ///< the current step, from 0
  const ScheduleRow* schedule;  ///< (kRows)
  double* norm_parts;           ///< (kNormParts)
  float* norm;                  ///< of the gradient, before clipping
  float* penalty;               ///< this step's, read by the loss
  float* outcomes;              ///< (kRows, 2): loss and norm
};

/// The batch of the current step.
void enqueue_draw(const FlowDraw& draw, const StepMemory& memory, cudaStream_t stream);
/// The same for the autoencoder; also writes `memory.penalty`.
void enqueue_draw(const ImageDraw& draw, const StepMemory& memory, cudaStream_t stream);
/// Clips by the global norm, updates weights, moments and average, and zeroes the gradient.
void enqueue_update(const UpdateBuffers& buffers, const UpdateRule& rule, const StepMemory& memory,
                    cudaStream_t stream);
/// Writes the mean of `losses` (count) and the norm as the step's result and advances to the next
/// step.
void enqueue_finish(const float* losses, int64_t count, const StepMemory& memory, cudaStream_t stream);

}  // namespace lf::cuda
