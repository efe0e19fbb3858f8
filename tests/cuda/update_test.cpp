#include "cuda/update.h"

#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include <cmath>

#include "optim/adamw.h"
#include "optim/ema.h"

namespace lf::cuda {
namespace {

/// The device's arithmetic, weight by weight, compared with the processor's optimiser and average.
TEST(Update, FollowsAdamWAndThePowerAverage) {
  constexpr int64_t kCount = 100;
  const optim::AdamWOptions options{0.9, 0.99, 1e-8, 0.01, 1.0};
  const UpdateRule rule{0.9f, 0.99f, 1e-8f, 0.01f, 1.0f};
  at::Tensor expected = at::randn({kCount}), gradient = at::zeros({kCount});
  at::Tensor average = expected.clone();
  optim::AdamW optimizer(expected, gradient, options);
  optim::PowerEma ema(average, 6.94);
  at::Tensor w = expected.clone(), g = at::zeros({kCount}), m = at::zeros({kCount}), v = at::zeros({kCount}),
             a = expected.clone();
  const UpdateBuffers buffers{w.data_ptr<float>(), g.data_ptr<float>(), m.data_ptr<float>(),
                              v.data_ptr<float>(), a.data_ptr<float>(), kCount};
  for (int64_t k = 1; k <= 20; ++k) {
    const at::Tensor drawn = at::randn({kCount}) * (k % 2 ? 3 : 0.01);  // above and below the clip
    const double rate = 0.01 / static_cast<double>(k);
    gradient.copy_(drawn);
    g.copy_(drawn);
    optimizer.step(rate);
    ema.update(expected);
    const ScheduleRow row{static_cast<float>(rate), static_cast<float>(1 - std::pow(0.9, k)),
                          static_cast<float>(std::sqrt(1 - std::pow(0.99, k))),
                          static_cast<float>(1 - optim::power_ema_decay(k, 6.94)), 0};
    const float factor = clip_factor(drawn.norm().item<double>(), rule);
    for (int64_t i = 0; i < kCount; ++i) update_weight(buffers, rule, row, factor, i);
    EXPECT_TRUE(at::allclose(w, expected, 1e-5, 1e-6)) << "update " << k;
    EXPECT_TRUE(at::allclose(a, average, 1e-5, 1e-6)) << "update " << k;
    EXPECT_EQ(g.abs().max().item<float>(), 0.0f);
  }
}

TEST(Update, WithoutAnAverageOrAClipLeavesThemOut) {
  float w = 1, g = 1e6f, m = 0, v = 0, a = 5;
  const ScheduleRow row{0.1f, 0.1f, 0.1f, 0.5f, 0};
  const UpdateRule unclipped{0.9f, 0.99f, 1e-8f, 0, 0};
  EXPECT_EQ(clip_factor(1e9, unclipped), 1.0f);
  update_weight({&w, &g, &m, &v, nullptr, 1}, unclipped, row, 1, 0);
  EXPECT_NEAR(w, 0.9, 1e-5);
  const ScheduleRow kept{0.1f, 0.1f, 0.1f, 0, 0};
  g = 1;
  update_weight({&w, &g, &m, &v, &a, 1}, unclipped, kept, 1, 0);
  EXPECT_EQ(a, 5.0f);
}

}  // namespace
}  // namespace lf::cuda
