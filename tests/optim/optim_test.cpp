#include <gtest/gtest.h>

#include <cmath>

#include "base/errors.h"
#include "optim/adamw.h"
#include "optim/ema.h"
#include "optim/schedule.h"

namespace lf::optim {
namespace {

/// AdamW as in its paper, in double, one parameter.
struct ReferenceAdamW {
  double w, m = 0, v = 0;
  int t = 0;
  void step(double g, double rate, const AdamWOptions& o) {
    ++t;
    w -= rate * o.weight_decay * w;
    m = o.beta1 * m + (1 - o.beta1) * g;
    v = o.beta2 * v + (1 - o.beta2) * g * g;
    w -= rate * (m / (1 - std::pow(o.beta1, t))) / (std::sqrt(v / (1 - std::pow(o.beta2, t))) + o.epsilon);
  }
};

TEST(AdamW, FollowsThePaper) {
  const AdamWOptions options{0.9, 0.99, 1e-8, 0.05, 0};
  const at::Tensor w = at::full({3}, 2.0f), g = at::zeros({3});
  AdamW optimizer(w, g, options);
  ReferenceAdamW reference{2.0};
  for (int i = 0; i < 20; ++i) {
    const double gradient = std::sin(i) + 0.3;
    g.fill_(gradient);
    optimizer.step(0.01);
    reference.step(gradient, 0.01, options);
    EXPECT_NEAR(w[1].item<double>(), reference.w, 1e-5) << "step " << i;
  }
  EXPECT_EQ(g.abs().sum().item<double>(), 0) << "gradients are zero for the next step";
}

TEST(AdamW, ClipsByTheGlobalNorm) {
  const AdamWOptions clipped{0.9, 0.99, 1e-8, 0, 1.0}, plain{0.9, 0.99, 1e-8, 0, 0};
  const at::Tensor a = at::zeros({4}), ga = at::full({4}, 5.0f), b = at::zeros({4}), gb = at::full({4}, 0.5f);
  AdamW first(a, ga, clipped), second(b, gb, plain);  // |ga| = 10, so ga clipped to 1 is gb
  EXPECT_NEAR(first.step(0.1), 10, 1e-5);
  second.step(0.1);
  ga.copy_(at::tensor({0.1f, -0.2f, 0.0f, 0.1f}));
  gb.copy_(ga);
  first.step(0.1);
  second.step(0.1);
  EXPECT_LT((a - b).abs().max().item<double>(), 1e-6);
}

TEST(AdamW, StepsRangeByRangeAsWithTheWholeBuffer) {
  const AdamWOptions options{0.9, 0.999, 1e-8, 0.01, 0};
  const at::Tensor w = at::linspace(-1, 1, 100), g = at::zeros({100}), ranged = w.clone();
  AdamW whole(w, g, options), parts(ranged, at::Tensor(), options);
  for (int i = 0; i < 5; ++i) {
    const at::Tensor gradient = at::sin(at::arange(100, at::kFloat) + i);
    g.copy_(gradient);
    whole.step(0.01);
    parts.begin_step(0.01);
    for (const int64_t first : {48, 0}) parts.update(first, gradient.slice(0, first, first == 0 ? 48 : 100));
  }
  EXPECT_TRUE(at::equal(w, ranged));
  const auto a = whole.to_map(""), b = parts.to_map("");
  for (const auto& [name, tensor] : a) EXPECT_TRUE(at::equal(tensor, b.at(name))) << name;
}

TEST(AdamW, DoesNotClipRangeByRange) {
  const AdamWOptions clipped{0.9, 0.999, 1e-8, 0, 1.0};
  EXPECT_THROW(AdamW(at::ones({4}), at::Tensor(), clipped), InputError);
  AdamW whole(at::ones({4}), at::zeros({4}), clipped);
  EXPECT_THROW(whole.begin_step(0.1), InputError);
}

TEST(AdamW, ResumesExactly) {
  const auto gradient = [](int i) { return at::full({5}, std::cos(0.7 * i), at::kFloat); };
  const at::Tensor w = at::ones({5}), g = at::zeros({5});
  AdamW whole(w, g, {});
  at::Tensor half_w, half_g = at::zeros({5});
  std::map<std::string, at::Tensor> saved;
  for (int i = 0; i < 10; ++i) {
    g.copy_(gradient(i));
    whole.step(0.01);
    if (i == 4) {
      half_w = w.clone();
      for (const auto& [name, value] : whole.to_map("o.")) saved[name] = value.clone();
    }
  }
  AdamW resumed(half_w, half_g, {});
  resumed.load(saved, "o.", "file");
  for (int i = 5; i < 10; ++i) {
    half_g.copy_(gradient(i));
    resumed.step(0.01);
  }
  EXPECT_TRUE(at::equal(w, half_w));
  EXPECT_THROW(resumed.load({}, "o.", "file"), InputError);
}

TEST(PowerEma, IsTheAverageThatItsFormulaSays) {
  // For gamma = 0 the weights are 1/k each: the plain mean.
  const at::Tensor average = at::full({1}, 99.0f);
  PowerEma ema(average, 0);
  for (int k = 1; k <= 10; ++k) ema.update(at::full({1}, static_cast<float>(k)));
  EXPECT_NEAR(average.item<double>(), 5.5, 1e-5);
  EXPECT_EQ(power_ema_decay(1, 6.94), 0);
  EXPECT_NEAR(power_ema_decay(100, 6.94), std::pow(0.99, 7.94), 1e-12);
}

TEST(Schedule, Trapezoid) {
  EXPECT_NEAR(trapezoid_rate(2, 0, 10, 100, 0.5), 0.2, 1e-12);
  EXPECT_NEAR(trapezoid_rate(2, 9, 10, 100, 0.5), 2, 1e-12);
  EXPECT_NEAR(trapezoid_rate(2, 50, 10, 100, 0.5), 2, 1e-12);
  EXPECT_NEAR(trapezoid_rate(2, 75, 10, 100, 0.5), 1, 1e-12);
  EXPECT_NEAR(trapezoid_rate(2, 99, 10, 100, 0.5), 0.04, 1e-12);
  EXPECT_EQ(trapezoid_rate(2, 100, 10, 100, 0.5), 0);
  for (int64_t step = 1; step < 100; ++step) EXPECT_GE(trapezoid_rate(2, step, 10, 100, 0.5), 0);
}

TEST(Schedule, OneCycleRisesToThePeakAndFalls) {
  EXPECT_NEAR(one_cycle_rate(1, 0, 1000), 1.0 / 25, 1e-12);
  EXPECT_NEAR(one_cycle_rate(1, 100, 1000), 1, 1e-12);
  EXPECT_NEAR(one_cycle_rate(1, 1000, 1000), 1e-4, 1e-9);
  EXPECT_GT(one_cycle_rate(1, 50, 1000), one_cycle_rate(1, 10, 1000));
  EXPECT_LT(one_cycle_rate(1, 900, 1000), one_cycle_rate(1, 500, 1000));
}

}  // namespace
}  // namespace lf::optim
