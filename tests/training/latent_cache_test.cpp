#include "training/latent_cache.h"

#include <ATen/core/grad_mode.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "base/errors.h"
#include "data/batches.h"
#include "data/generator.h"
#include "models/conv_autoencoder.h"
#include "models/weights/tensor_io.h"
#include "small_digits.h"
#include "stranger.h"

namespace lf::training {
namespace {

/// The tiny autoencoder with a count of encoded digits and `slice` digits at once.
class CountingAutoencoder : public models::ConvAutoencoder {
 public:
  explicit CountingAutoencoder(int64_t slice)
      : models::ConvAutoencoder(models::conv_autoencoder_config("conv-8-16-16"),
                                data::make_generator(1, Purpose::AutoencoderInit), false),
        slice_(slice) {}
  models::Posterior encode(const at::Tensor& images) const override {
    encoded += images.size(0);
    return models::ConvAutoencoder::encode(images);
  }
  int64_t slice_digits() const override { return slice_; }
  mutable int64_t encoded = 0;

 private:
  int64_t slice_;
};

at::Tensor some_pixels(int64_t count) { return data::pixel_tensor(small_digits().train).narrow(0, 0, count); }

TEST(LatentCache, EncodesEachDigitOnceAndOnlyWhatIsAskedFor) {
  const CountingAutoencoder net(3);
  LatentCache cache(net, some_pixels(40));
  const at::Tensor wanted = at::tensor({7, 3, 30, 9, 12}, at::kLong);
  EXPECT_TRUE(cache.advance_on(wanted)) << "three digits a slice";
  EXPECT_FALSE(cache.advance_on(wanted));
  EXPECT_FALSE(cache.advance_on(wanted));
  EXPECT_EQ(net.encoded, 5);
  EXPECT_FALSE(cache.advance_on(at::tensor({3, 31}, at::kLong)));
  EXPECT_EQ(net.encoded, 6);
  EXPECT_EQ(cache.known_count(), 6);
  EXPECT_TRUE(at::equal(cache.first_known(3), at::tensor({3, 7, 9}, at::kLong)));
}

TEST(LatentCache, FillsTheRestInOrder) {
  const CountingAutoencoder net(8);
  LatentCache cache(net, some_pixels(40));
  while (cache.advance_on(at::tensor({20, 39}, at::kLong))) {
  }
  while (cache.advance()) EXPECT_LT(cache.progress(), 1);
  EXPECT_TRUE(cache.complete());
  EXPECT_EQ(net.encoded, 40);
}

TEST(LatentCache, HoldsThePosteriorsOfTheAutoencoder) {
  at::NoGradGuard no_grad;
  const CountingAutoencoder net(5);
  const at::Tensor pixels = some_pixels(12), indices = at::tensor({11, 0}, at::kLong);
  LatentCache cache(net, pixels);
  while (cache.advance_on(indices)) {
  }
  const models::Posterior q = net.encode(data::image_batch(pixels, indices));
  const Latents rows = cache.rows(indices);
  EXPECT_LT((rows.mean - q.mean.view({2, 64})).abs().max().item<float>(), 1e-5);
  EXPECT_LT((rows.deviation - (0.5 * q.log_variance).exp().view({2, 64})).abs().max().item<float>(), 1e-5);
}

TEST(LatentCache, TheFlowLearnsAShareOfThePosteriorsNoiseAndAFileKeepsAllOfIt) {
  const CountingAutoencoder net(50);
  const at::Tensor pixels = some_pixels(30), indices = at::tensor({4, 21}, at::kLong);
  LatentCache whole(net, pixels), share(net, pixels, 0.25), loaded(net, pixels, 0.25);
  for (LatentCache* cache : {&whole, &share}) cache->advance();
  const Latents posteriors = whole.rows(indices), learned = share.rows(indices);
  EXPECT_GT(posteriors.deviation.min().item<float>(), 0);
  EXPECT_TRUE(at::equal(learned.mean, posteriors.mean));
  EXPECT_TRUE(at::equal(learned.deviation, 0.25 * posteriors.deviation));
  EXPECT_TRUE(at::equal(share.all().deviation, 0.25 * whole.all().deviation));
  EXPECT_TRUE(at::equal(share.posteriors(indices).deviation, posteriors.deviation));
  loaded.load(share.to_map(), "cache");
  EXPECT_TRUE(at::equal(loaded.all().deviation, share.all().deviation));
  EXPECT_TRUE(at::equal(loaded.posteriors(indices).deviation, posteriors.deviation));
}

TEST(LatentCache, BothHalvesOfALargeSliceKeepTheirPlaces) {
  at::NoGradGuard no_grad;
  const models::ConvAutoencoder net(models::conv_autoencoder_config("conv-8-16-16"),
                                    data::make_generator(1, Purpose::AutoencoderInit), false);
  const at::Tensor pixels = some_pixels(101);
  LatentCache cache(net, pixels);
  ASSERT_FALSE(cache.advance()) << "all in one slice";
  const models::Posterior q = net.encode(data::image_batch(pixels, at::arange(101)));
  EXPECT_TRUE(at::equal(cache.all().mean, q.mean.view({101, 64})));
  EXPECT_TRUE(at::equal(cache.all().deviation, (0.5 * q.log_variance).exp().view({101, 64})));
}

TEST(LatentCache, GoesOnFromAFile) {
  const CountingAutoencoder net(50);
  LatentCache first(net, some_pixels(30)), second(net, some_pixels(30));
  first.advance_on(at::arange(10, at::kLong));
  second.load(first.to_map(), "cache");
  EXPECT_EQ(second.known_count(), 10);
  EXPECT_TRUE(at::equal(first.all().mean, second.all().mean));
  LatentCache other(net, some_pixels(31));
  EXPECT_THROW(other.load(first.to_map(), "cache"), InputError);
  auto damaged = first.to_map();
  damaged["mean"] = damaged["mean"].clone().fill_(std::numeric_limits<float>::quiet_NaN());
  EXPECT_THROW(second.load(damaged, "cache"), InputError);
}

TEST(LatentCache, OfAStrangerIsRefusedOrHolds) {
  const CountingAutoencoder net(50);
  LatentCache first(net, some_pixels(30));
  first.advance_on(at::arange(10, at::kLong));
  files::Safetensors sound;
  models::add_tensors(sound, first.to_map());
  const int refused = refused_copies(sound, Stranger(17), 200, [&](const files::Safetensors& damaged) {
    LatentCache cache(net, some_pixels(30));
    cache.load(models::to_tensors(damaged), "cache");
    cache.rows(cache.first_known(5));
  });
  EXPECT_GT(refused, 50);
}

TEST(Latents, OneFactorGivesSpreadOne) {
  const Latents latents{at::randn({400, 64}) * 3, at::full({400, 64}, 2.0f)};
  const double factor = unit_factor(latents);
  EXPECT_NEAR(1 / factor, std::sqrt(9.0 + 4.0), 0.1);
  const Standardisation s = scale_by(factor);
  EXPECT_NEAR(mean_square(latents, s), 1, 0.01);
  const at::Tensor x = at::randn({3, 64});
  EXPECT_LT((s.to_standard(x) - x * factor).abs().max().item<double>(), 1e-6);
  EXPECT_LT((s.to_raw(s.to_standard(x)) - x).abs().max().item<double>(), 1e-5);
}

}  // namespace
}  // namespace lf::training
