#include "optim/muon.h"

#include <gtest/gtest.h>

#include <cmath>

#include "base/errors.h"
#include "optim/newton_schulz.h"

namespace lf::optim {
namespace {

at::Tensor random_matrix(int64_t rows, int64_t columns) {
  auto g = at::make_generator<at::CPUGeneratorImpl>(3);
  return at::randn({rows, columns}, g, at::kFloat);
}

at::Tensor orthogonalised(const at::Tensor& g, int steps = 3,
                          kernels::Arithmetic arithmetic = kernels::Arithmetic::Float32) {
  return optim::orthogonalised(g, g.norm().item<double>(), steps, arithmetic);
}

/// The scalar iteration on one singular value.
double iterated(double s, int steps) {
  for (int i = 0; i < steps; ++i) s = 3.4445 * s - 4.7750 * std::pow(s, 3) + 2.0315 * std::pow(s, 5);
  return s;
}

TEST(NewtonSchulz, KeepsDirectionsAndIteratesSingularValues) {
  for (const auto& [rows, columns] : {std::pair{16, 40}, {40, 16}, {24, 24}, {16, 432}}) {
    const at::Tensor g = random_matrix(rows, columns);
    const auto [u, s, v] = at::linalg_svd(g.to(at::kDouble), /*full_matrices=*/false);
    for (const int steps : {1, 3, 5}) {
      at::Tensor values = s / g.norm().item<double>();
      for (int64_t i = 0; i < values.size(0); ++i) values[i] = iterated(values[i].item<double>(), steps);
      const at::Tensor expected = (u * values).mm(v);
      const double error = (orthogonalised(g, steps) - expected).abs().max().item<double>();
      EXPECT_LT(error, 1e-4) << rows << "×" << columns << ", " << steps << " steps";
    }
  }
}

TEST(NewtonSchulz, FiveStepsBringSingularValuesNearOne) {
  const at::Tensor s = std::get<1>(at::linalg_svd(orthogonalised(random_matrix(32, 96), 5), false));
  EXPECT_GT(s.min().item<double>(), 0.6);
  EXPECT_LT(s.max().item<double>(), 1.25);
}

TEST(NewtonSchulz, InBfloat16ItStaysNearTheSameIteration) {
  if (kernels::bfloat_unit() == kernels::BFloatUnit::None)
    GTEST_SKIP() << "this processor has no products in bfloat16";
  for (const auto& [rows, columns] : {std::pair{96, 288}, {288, 96}, {96, 96}, {48, 432}, {17, 30}}) {
    const at::Tensor g = random_matrix(rows, columns);
    const at::Tensor exact = orthogonalised(g), ours = orthogonalised(g, 3, kernels::Arithmetic::BFloat16);
    EXPECT_LT(((ours - exact).norm() / exact.norm()).item<double>(), 2e-2) << rows << "×" << columns;
  }
  EXPECT_EQ(orthogonalised(at::zeros({16, 20}), 3, kernels::Arithmetic::BFloat16).abs().max().item<double>(),
            0);
}

TEST(NewtonSchulz, AZeroMatrixStaysZero) {
  EXPECT_EQ(orthogonalised(at::zeros({16, 20})).abs().max().item<double>(), 0);
}

/// Parameters 0…4 and 244…249 use AdamW, a 20×12 matrix is between them.
const FlatMatrix kMatrix{5, 20, 12};
const MuonOptions kOptions{{0.9, 0.99, 1e-8, 0.1, 0}, 2.0, 0.9, 1};

TEST(Muon, MovesAMatrixAlongItsOrthogonalisedNesterovMomentum) {
  const at::Tensor w = random_matrix(1, 250).flatten(), g = at::zeros({250});
  at::Tensor expected = w.narrow(0, 5, 240).view({20, 12}).clone(), momentum = at::zeros({20, 12});
  Muon optimizer(w, g, {kMatrix}, kOptions);
  for (int i = 0; i < 3; ++i) {
    const at::Tensor gradient = at::sin(at::arange(250, at::kFloat) * (i + 1));
    g.copy_(gradient);
    const double norm = optimizer.step(0.01);
    EXPECT_NEAR(norm, gradient.norm().item<double>(), 1e-4);
    const at::Tensor own = gradient.narrow(0, 5, 240).view({20, 12});
    momentum = 0.9 * momentum + 0.1 * own;
    const at::Tensor direction = orthogonalised(0.1 * own + 0.9 * momentum);
    expected = expected * (1 - 0.02 * 0.1) - 0.02 * std::sqrt(20.0 / 12.0) * direction;
  }
  EXPECT_LT((w.narrow(0, 5, 240).view({20, 12}) - expected).abs().max().item<double>(), 1e-5);
  EXPECT_EQ(g.abs().sum().item<double>(), 0) << "gradients are zero for the next step";
}

TEST(Muon, MatricesTakeTurns) {
  MuonOptions options = kOptions;
  options.turns = 3;
  const std::vector<FlatMatrix> matrices{{0, 5, 10}, {50, 5, 10}, {100, 5, 10}, {150, 5, 10}};
  const at::Tensor w = at::ones({250}), g = at::zeros({250});
  Muon optimizer(w, g, matrices, options);
  std::vector<int> moved(matrices.size(), 0);
  for (int i = 0; i < 6; ++i) {
    const at::Tensor before = w.clone();
    g.copy_(at::cos(at::arange(250, at::kFloat) + i));
    optimizer.step(0.01);
    for (size_t m = 0; m < matrices.size(); ++m) {
      const auto own = [&](const at::Tensor& flat) { return flat.narrow(0, matrices[m].offset, 50); };
      moved[m] += !at::equal(own(before), own(w));
    }
    EXPECT_FALSE(at::equal(before, w)) << "some matrix moves at every step";
  }
  EXPECT_EQ(moved, std::vector<int>({2, 2, 2, 2}));
}

TEST(Muon, LeavesTheRestToAdamW) {
  const at::Tensor w = at::ones({250}), g = at::zeros({250}), reference = at::ones({250}),
                   h = at::zeros({250});
  Muon muon(w, g, {kMatrix}, kOptions);
  AdamW adamw(reference, h, kOptions.adamw);
  for (int i = 0; i < 3; ++i) {
    g.copy_(at::cos(at::arange(250, at::kFloat) + i));
    h.copy_(g);
    muon.step(0.01);
    adamw.step(0.01);
  }
  for (const auto& [first, count] : {std::pair{0, 5}, {245, 5}})
    EXPECT_TRUE(at::equal(w.narrow(0, first, count), reference.narrow(0, first, count))) << first;
  EXPECT_FALSE(at::equal(w.narrow(0, 5, 240), reference.narrow(0, 5, 240)));
}

TEST(Muon, ClipsByTheGlobalNorm) {
  MuonOptions clipped = kOptions;
  clipped.adamw.clip = 1;
  const at::Tensor a = at::ones({250}), ga = random_matrix(1, 250).flatten(), b = at::ones({250});
  const at::Tensor gb = ga / ga.norm();
  Muon first(a, ga, {kMatrix}, clipped), second(b, gb, {kMatrix}, kOptions);
  EXPECT_GT(first.step(0.01), 1);
  second.step(0.01);
  EXPECT_LT((a - b).abs().max().item<double>(), 1e-5);
}

TEST(Muon, ResumesExactly) {
  const auto gradient = [](int i) { return at::cos(at::arange(250, at::kFloat) * 0.3 + i); };
  const at::Tensor w = at::ones({250}), g = at::zeros({250});
  Muon whole(w, g, {kMatrix}, kOptions);
  at::Tensor copy, copy_gradient = at::zeros({250});
  std::map<std::string, at::Tensor> saved;
  for (int i = 0; i < 6; ++i) {
    g.copy_(gradient(i));
    whole.step(0.01);
    if (i != 2) continue;
    copy = w.clone();
    for (const auto& [name, value] : whole.to_map("o.")) saved[name] = value.clone();
  }
  Muon resumed(copy, copy_gradient, {kMatrix}, kOptions);
  resumed.load(saved, "o.", "file");
  for (int i = 3; i < 6; ++i) {
    copy_gradient.copy_(gradient(i));
    resumed.step(0.01);
  }
  EXPECT_TRUE(at::equal(w, copy));
}

TEST(Muon, RefusesMatricesThatOverlapOrLieOutside) {
  const at::Tensor w = at::ones({250}), g = at::zeros({250});
  EXPECT_THROW(Muon(w, g, {{0, 10, 10}, {50, 10, 10}}, kOptions), InputError);
  EXPECT_THROW(Muon(w, g, {{200, 10, 10}}, kOptions), InputError);
}

}  // namespace
}  // namespace lf::optim
