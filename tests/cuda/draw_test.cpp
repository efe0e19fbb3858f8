#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "base/classes.h"
#include "base/image_shape.h"
#include "cuda/flow_draw.h"
#include "cuda/image_draw.h"
#include "cuda/keys.h"
#include "data/generator.h"
#include "flow/time_sampling.h"
#include "models/velocity_net.h"

namespace lf::cuda {
namespace {

static_assert(kDrawnNoLabel == kNoClass && kDrawnLatent == 64);

std::vector<float> times(DrawLaw law, uint64_t step, uint64_t batch) {
  std::vector<float> t;
  for (uint64_t i = 0; i < batch; ++i) t.push_back(draw_time(law, 11, step, i, batch));
  return t;
}

/// The largest distance between two distribution functions.
double distance(std::vector<float> a, std::vector<float> b) {
  std::sort(a.begin(), a.end());
  std::sort(b.begin(), b.end());
  double largest = 0;
  for (size_t i = 0; i < a.size(); ++i) {
    const auto below = std::lower_bound(b.begin(), b.end(), a[i]) - b.begin();
    const double share = static_cast<double>(below) / static_cast<double>(b.size());
    largest = std::max(largest, std::fabs(share - static_cast<double>(i) / static_cast<double>(a.size())));
  }
  return largest;
}

TEST(TimeDraw, InverseNormalIsThatOfLibTorch) {
  for (const double p : {1e-12, 1e-7, 1e-3, 0.02424, 0.02426, 0.3, 0.5, 0.77, 0.97574, 0.97576, 0.999999}) {
    const double expected = at::special_ndtri(at::scalar_tensor(p, at::kDouble)).item<double>();
    EXPECT_NEAR(inverse_normal(p), expected, 3e-9 * std::max(1.0, std::fabs(expected))) << p;
  }
  EXPECT_EQ(to_logit_normal(0), 0.0f);
  EXPECT_EQ(to_logit_normal(1), 1.0f);
}

TEST(TimeDraw, EveryLawHasTheDistributionOfTheProcessors) {
  constexpr int64_t kBatch = 512;
  for (const auto& [name, law] : flow::time_laws()) {
    std::vector<float> here, there;
    for (uint64_t step = 0; step < 40; ++step) {
      auto generator = data::make_generator(3, Purpose::FlowTime, step);
      const at::Tensor t = flow::sample_times(law, kBatch, generator);
      here.insert(here.end(), t.data_ptr<float>(), t.data_ptr<float>() + kBatch);
      const auto drawn = times(static_cast<DrawLaw>(law), step, kBatch);
      there.insert(there.end(), drawn.begin(), drawn.end());
    }
    EXPECT_LT(distance(here, there), 0.02) << name;
    EXPECT_LE(*std::max_element(there.begin(), there.end()), kLatestTime);
    EXPECT_GE(*std::min_element(there.begin(), there.end()), 0.0f);
  }
}

TEST(TimeDraw, StratifiedBatchesAreSpreadEvenly) {
  auto t = times(DrawLaw::Stratified, 4, 64);
  const float offset = t[0];
  for (uint64_t i = 0; i < 64; ++i)
    EXPECT_NEAR(t[i], std::fmod(offset + static_cast<float>(i) / 64, kLatestTime), 1e-6);
  EXPECT_NE(times(DrawLaw::Stratified, 5, 64)[0], offset);
}

/// Posteriors of artificial digits and the batch made from them.
struct DrawnFlow {
  explicit DrawnFlow(uint64_t batch, float sigma_min = 0) {
    auto generator = data::make_generator(5, Purpose::HeldOut);
    mean = at::randn({kCount, 64}, generator, at::kFloat);
    deviation = at::rand({kCount, 64}, generator, at::kFloat) + 0.1;
    shift = at::randn({64}, generator, at::kFloat);
    scale = at::rand({64}, generator, at::kFloat) + 0.5;
    labels = at::arange(kCount, at::kLong).remainder(10);
    const auto size = static_cast<int64_t>(batch);
    x_t = at::zeros({size, 64});
    target = at::zeros({size, 64});
    t = at::zeros({size});
    drawn = at::zeros({size}, at::kLong);
    draw = {mean.data_ptr<float>(),
            deviation.data_ptr<float>(),
            shift.data_ptr<float>(),
            scale.data_ptr<float>(),
            labels.data_ptr<int64_t>(),
            kCount,
            batch,
            flow_keys(3),
            DrawLaw::Mixed,
            sigma_min,
            0.25f,
            x_t.data_ptr<float>(),
            target.data_ptr<float>(),
            t.data_ptr<float>(),
            drawn.data_ptr<int64_t>()};
  }
  void run(uint64_t step) {
    for (uint64_t i = 0; i < draw.batch; ++i) {
      for (int quad = 0; quad < kDrawnQuads; ++quad) draw_flow_quad(draw, step, i, quad);
    }
  }
  static constexpr int64_t kCount = 300;
  at::Tensor mean, deviation, shift, scale, labels, x_t, target, t, drawn;
  FlowDraw draw;
};

TEST(FlowDraw, PointsAndVelocitiesGiveBackNoiseAndLatent) {
  constexpr float kSigmaMin = 0.1f;
  DrawnFlow s(128, kSigmaMin);
  s.run(2);
  const at::Tensor t = s.t.unsqueeze(1);
  // x_t = (1 − (1 − σ) t) x0 + t x1 and u = x1 − (1 − σ) x0 solved for x0: x_t − t u.
  const at::Tensor x0 = s.x_t - t * s.target, x1 = s.target + (1 - kSigmaMin) * x0;
  float noise[4];
  normal_quad(s.draw.keys.noise, 2, 5 * kDrawnQuads + 3, noise);
  for (int k = 0; k < 4; ++k) EXPECT_NEAR(x0[5][12 + k].item<float>(), noise[k], 1e-5);
  EXPECT_NEAR(x0.mean().item<double>(), 0, 0.05);
  EXPECT_NEAR(x0.square().mean().item<double>(), 1, 0.05);
  // Without the standardisation, a latent is near its digit's posterior mean.
  at::Tensor rows = at::zeros({128}, at::kLong);
  for (uint64_t i = 0; i < 128; ++i)
    rows[static_cast<int64_t>(i)] = static_cast<int64_t>(epoch_draw(i, 2, 128, 300, s.draw.keys.order));
  const at::Tensor z =
      (x1 * s.scale + s.shift - s.mean.index_select(0, rows)) / s.deviation.index_select(0, rows);
  EXPECT_NEAR(z.mean().item<double>(), 0, 0.05);
  EXPECT_NEAR(z.square().mean().item<double>(), 1, 0.05);
  const at::Tensor shown = s.drawn < kDrawnNoLabel;
  EXPECT_TRUE(at::equal(s.drawn.masked_select(shown), s.labels.index_select(0, rows).masked_select(shown)));
}

TEST(FlowDraw, HidesLabelsAtTheirRateAndDrawsAnewEachStep) {
  DrawnFlow s(300);
  int64_t hidden = 0;
  at::Tensor last;
  for (uint64_t step = 0; step < 40; ++step) {
    s.run(step);
    hidden += (s.drawn == kDrawnNoLabel).sum().item<int64_t>();
    if (last.defined()) {
      EXPECT_FALSE(at::equal(last, s.x_t));
    }
    last = s.x_t.clone();
  }
  EXPECT_NEAR(static_cast<double>(hidden) / (40 * 300), 0.25, 0.02);
}

TEST(ImageDraw, TakesWholeDigitsAndNormalNoise) {
  const at::Tensor pixels = at::randint(0, 256, {50, kDigitPixels}, at::kByte);
  at::Tensor images = at::zeros({40, kDigitPixels}), noise = at::zeros({40, 64});
  const ImageDraw draw{pixels.data_ptr<uint8_t>(), 50, 40, 8, 9, images.data_ptr<float>(),
                       noise.data_ptr<float>()};
  for (uint64_t i = 0; i < 40; ++i) {
    for (int quad = 0; quad < 196; ++quad) draw_image_quad(draw, 1, i, quad);
    const auto row = static_cast<int64_t>(epoch_draw(i, 1, 40, 50, 8));
    EXPECT_TRUE(at::allclose(images[static_cast<int64_t>(i)], pixels[row].to(at::kFloat) / 255));
  }
  EXPECT_NEAR(noise.mean().item<double>(), 0, 0.06);
  EXPECT_NEAR(noise.square().mean().item<double>(), 1, 0.1);
}

}  // namespace
}  // namespace lf::cuda
