// Tensors of a device step's batch, and the functions that sample it. For both sides: the tests
// make the same batch on the processor.
#pragma once

#include <ATen/ATen.h>

#include <algorithm>

#include "cuda/flow_draw.h"
#include "cuda/image_draw.h"
#include "cuda/keys.h"
#include "training/accelerator.h"

namespace lf::cuda {

/// The flow's batch: (B, 64), (B, 64), (B), (B).
struct FlowBatchMemory {
  at::Tensor x_t, target, t, drawn;

  FlowBatchMemory(int64_t batch, at::Device device)
      : x_t(at::zeros({batch, kDrawnLatent}, device)),
        target(at::zeros_like(x_t)),
        t(at::zeros({batch}, device)),
        drawn(at::zeros({batch}, at::TensorOptions(device).dtype(at::kLong))) {}
};

/// The autoencoder's batch: (B, 784), (B, 64).
struct ImageBatchMemory {
  at::Tensor images, noise;

  ImageBatchMemory(int64_t batch, at::Device device)
      : images(at::zeros({batch, kDrawnPixels}, device)), noise(at::zeros({batch, kDrawnLatent}, device)) {}
};

/// Samples from `in`, whose tensors are contiguous on the batch's device. Both outlive the result.
inline FlowDraw flow_draw(const training::FlowEngineInput& in, const FlowBatchMemory& batch) {
  return {in.latents.mean.data_ptr<float>(),
          in.latents.deviation.data_ptr<float>(),
          in.standardisation.shift.data_ptr<float>(),
          in.standardisation.scale.data_ptr<float>(),
          in.labels.data_ptr<int64_t>(),
          static_cast<uint64_t>(in.labels.size(0)),
          static_cast<uint64_t>(batch.t.size(0)),
          flow_keys(in.seed),
          static_cast<DrawLaw>(in.law),
          static_cast<float>(in.sigma_min),
          static_cast<float>(in.label_drop),
          batch.x_t.data_ptr<float>(),
          batch.target.data_ptr<float>(),
          batch.t.data_ptr<float>(),
          batch.drawn.data_ptr<int64_t>()};
}

/// Like flow_draw.
inline ImageDraw image_draw(const training::ImageEngineInput& in, const ImageBatchMemory& batch) {
  return {in.pixels.data_ptr<uint8_t>(),
          static_cast<uint64_t>(in.pixels.size(0)),
          static_cast<uint64_t>(batch.images.size(0)),
          derived_seed(in.seed, Purpose::AutoencoderOrder),
          derived_seed(in.seed, Purpose::AutoencoderNoise),
          batch.images.data_ptr<float>(),
          batch.noise.data_ptr<float>()};
}

}  // namespace lf::cuda
