#include "inference/preview_noise.h"

#include "data/batches.h"
#include "models/autoencoder.h"

namespace lf {

at::Tensor preview_noise(int64_t seed, int64_t count) {
  auto generator = make_generator(static_cast<uint64_t>(seed), Purpose::Preview);
  return at::randn({kMostPreviewNoise, kLatentChannels, kLatentSide, kLatentSide}, generator, at::kFloat)
      .narrow(0, 0, count)
      .clone();
}

}  // namespace lf
