// A batch of the autoencoder, sampled where it is used: digits in [0, 1] and the noise of their
// latents.
#pragma once

#include <cstdint>

#include "base/image_shape.h"
#include "cuda/philox.h"
#include "cuda/shuffle.h"

namespace lf::cuda {

constexpr int kDrawnPixels = kDigitPixels;

/// Inputs and destination of the batch. All pointers are of the side that runs it.
struct ImageDraw {
  const uint8_t* pixels;  ///< (count, 784)
  uint64_t count, batch;
  uint64_t order_key, noise_key;
  float* images;  ///< (batch, 784)
  float* noise;   ///< (batch, 64)
};

/// Four pixels of sample `i`, quad 0 … 195; the first sixteen quads also write four numbers of noise each.
LF_HOST_DEVICE inline void draw_image_quad(const ImageDraw& d, uint64_t step, uint64_t i, int quad) {
  const uint64_t row = epoch_draw(i, step, d.batch, d.count, d.order_key);
  const auto offset = static_cast<uint64_t>(4 * quad);
  for (uint64_t k = 0; k < 4; ++k) {
    d.images[i * kDrawnPixels + offset + k] =
        static_cast<float>(d.pixels[row * kDrawnPixels + offset + k]) * (1.0f / 255.0f);
  }
  if (quad < 16)
    normal_quad(d.noise_key, step, i * 16 + static_cast<uint64_t>(quad), d.noise + i * 64 + offset);
}

}  // namespace lf::cuda
