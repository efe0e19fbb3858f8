#include "inference/noise.h"

#include "data/generator.h"
#include "models/autoencoder.h"

namespace lf::inference {

at::Tensor latent_noise(uint64_t seed, Purpose purpose, uint64_t counter, int64_t count) {
  auto generator = data::make_generator(seed, purpose, counter);
  return at::randn({count, models::kLatentChannels, models::kLatentSide, models::kLatentSide}, generator,
                   at::kFloat);
}

at::Tensor preview_noise(int64_t seed, int64_t count) {
  return latent_noise(static_cast<uint64_t>(seed), Purpose::Preview, 0, kMostPreviewNoise)
      .narrow(0, 0, count)
      .clone();
}

}  // namespace lf::inference
