#include "kernels/tokens/modulated_rows.h"

#include <ATen/ATen.h>
#include <ATen/CPUGeneratorImpl.h>
#include <gtest/gtest.h>

namespace lf::kernels {
namespace {

constexpr int64_t kBatch = 3, kTokens = 4, kRows = kBatch * kTokens;

/// The modulation of the rows: of each sample, and a bias for all. `exact` is their sum, (B, 1, W)
/// in double precision, with a graph.
struct Modulator {
  at::Tensor values, bias, exact, d_values, d_bias;

  Modulator(int64_t width, at::Generator generator)
      : values(at::randn({kBatch, width}, generator, at::kFloat)),
        bias(at::randn({width}, generator, at::kFloat)),
        exact((values + bias).to(at::kDouble).unsqueeze(1).requires_grad_(true)),
        d_values(at::zeros({kBatch, width})),
        d_bias(at::zeros({width})) {}

  Modulation modulation() const {
    return {values.const_data_ptr<float>(), values.size(1), bias.const_data_ptr<float>()};
  }
  ModulationGradient gradient() {
    return {d_values.data_ptr<float>(), values.size(1), d_bias.data_ptr<float>()};
  }
  double error() const {
    const at::Tensor expected = exact.grad().squeeze(1);
    return std::max((d_values - expected).abs().max().item<double>(),
                    (d_bias - expected.sum(0)).abs().max().item<double>());
  }
};

at::Tensor samples(const at::Tensor& rows) { return rows.view({kBatch, kTokens, -1}); }

double distance(const at::Tensor& rows, const at::Tensor& expected) {
  return (samples(rows) - expected).abs().max().item<double>();
}

at::Tensor exact_norm(const at::Tensor& x, const Modulator& shift, const Modulator& scale) {
  const at::Tensor centred = x - x.mean(-1, true);
  const at::Tensor normal = centred / (centred.square().mean(-1, true) + 1e-6).sqrt();
  return normal * (1 + scale.exact) + shift.exact;
}

class TokenRowsOfWidth : public ::testing::TestWithParam<int64_t> {
 protected:
  const int64_t width_ = GetParam();
  const TokenRows shape_{kBatch, kTokens, width_};
  at::Generator generator_ = at::make_generator<at::CPUGeneratorImpl>(1);
  at::Tensor rows() { return at::randn({kRows, width_}, generator_, at::kFloat) + 0.5; }
  at::Tensor exact(const at::Tensor& x) { return samples(x).to(at::kDouble).requires_grad_(true); }
};

TEST_P(TokenRowsOfWidth, GatedNormIsItsFormulaBothWays) {
  Modulator gate(width_, generator_), shift(width_, generator_), scale(width_, generator_);
  at::Tensor h = rows(), branch = rows(), dy = rows(), dh = rows(), d_branch = at::empty_like(h);
  const at::Tensor h_exact = exact(h), branch_exact = exact(branch), dh_before = dh.clone();
  at::Tensor normal = at::empty_like(h), output = at::empty_like(h), inverse = at::empty({kRows});
  const NormRows norm{normal.data_ptr<float>(), inverse.data_ptr<float>(), output.data_ptr<float>()};
  gated_norm(shape_, h.data_ptr<float>(), gate.modulation(), branch.data_ptr<float>(), shift.modulation(),
             scale.modulation(), norm);
  const at::Tensor sum = h_exact + gate.exact * branch_exact, expected = exact_norm(sum, shift, scale);
  EXPECT_LT(distance(h, sum), 2e-6);
  EXPECT_LT(distance(output, expected), 1e-5);

  norm_backward(shape_, norm, scale.modulation(), dy.data_ptr<float>(), dh.data_ptr<float>(),
                shift.gradient(), scale.gradient());
  gate_backward(shape_, dh.data_ptr<float>(), gate.modulation(), branch.data_ptr<float>(),
                d_branch.data_ptr<float>(), gate.gradient());
  ((expected * samples(dy)).sum() + (sum * samples(dh_before)).sum()).backward();
  EXPECT_LT(distance(dh, h_exact.grad()), 2e-5);
  EXPECT_LT(distance(d_branch, branch_exact.grad()), 5e-5);
  for (const Modulator* m : {&gate, &shift, &scale}) EXPECT_LT(m->error(), 2e-4);
}

TEST_P(TokenRowsOfWidth, NormLeavesTheRowsAsTheyAreAndTakesTheRowOfItsSample) {
  Modulator shift(width_, generator_), scale(width_, generator_);
  const at::Tensor x = rows(), before = x.clone();
  at::Tensor output = at::empty_like(x), inverse = at::empty({kRows});
  const NormRows shared{output.data_ptr<float>(), inverse.data_ptr<float>(), output.data_ptr<float>()};
  const int64_t second[] = {1, 1, 1};
  Modulation of_second = shift.modulation(), scale_of_second = scale.modulation();
  of_second.rows = scale_of_second.rows = second;
  modulated_norm(shape_, x.const_data_ptr<float>(), of_second, scale_of_second, shared);
  shift.exact = shift.exact.narrow(0, 1, 1), scale.exact = scale.exact.narrow(0, 1, 1);
  EXPECT_TRUE(x.equal(before));
  EXPECT_LT(distance(output, exact_norm(samples(x).to(at::kDouble), shift, scale)), 1e-5);
}

INSTANTIATE_TEST_SUITE_P(Widths, TokenRowsOfWidth, ::testing::Values(96, 128, 256, 32, 20));

}  // namespace
}  // namespace lf::kernels
