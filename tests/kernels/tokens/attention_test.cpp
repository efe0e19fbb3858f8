#include "kernels/tokens/attention.h"

#include <ATen/ATen.h>
#include <ATen/CPUGeneratorImpl.h>
#include <gtest/gtest.h>

#include <cmath>

namespace lf::kernels {
namespace {

/// Attention by its formula, in double precision, with a graph.
at::Tensor by_formula(const AttentionShape& s, const at::Tensor& packed) {
  const auto parts = packed.view({s.batch, s.tokens, 3, s.heads, s.head_width}).permute({2, 0, 3, 1, 4});
  const auto unit = [](const at::Tensor& x) { return x / (x.square().mean(-1, true) + 1e-6).sqrt(); };
  const at::Tensor scores =
      unit(parts[0]).matmul(unit(parts[1]).transpose(-2, -1)) / std::sqrt(static_cast<double>(s.head_width));
  return scores.softmax(-1).matmul(parts[2]).transpose(1, 2).reshape(
      {s.batch * s.tokens, s.heads * s.head_width});
}

class TokenAttention : public ::testing::TestWithParam<AttentionShape> {};

TEST_P(TokenAttention, IsItsFormulaBothWays) {
  const AttentionShape s = GetParam();
  auto generator = at::make_generator<at::CPUGeneratorImpl>(1);
  const int64_t rows = s.batch * s.tokens, width = s.heads * s.head_width;
  const at::Tensor packed = 2 * at::randn({rows, 3 * width}, generator, at::kFloat);
  const at::Tensor d_mixed = at::randn({rows, width}, generator, at::kFloat);
  at::Tensor mixed = at::empty_like(d_mixed), d_packed = at::empty_like(packed);
  at::Tensor weights = at::empty({s.batch, s.heads, s.tokens, s.tokens}, at::kFloat);
  at::Tensor factors = at::empty({s.batch, s.heads, 2, s.tokens}, at::kFloat);
  const AttentionMemory memory{weights.data_ptr<float>(), factors.data_ptr<float>()};
  attend(s, packed.data_ptr<float>(), mixed.data_ptr<float>(), memory);
  attend_backward(s, packed.data_ptr<float>(), memory, d_mixed.data_ptr<float>(), d_packed.data_ptr<float>());

  const at::Tensor exact = packed.to(at::kDouble).requires_grad_(true);
  const at::Tensor expected = by_formula(s, exact);
  expected.backward(d_mixed.to(at::kDouble));
  EXPECT_LT((mixed - expected).abs().max().item<double>(), 5e-6);
  EXPECT_LT((weights.sum(-1) - 1).abs().max().item<double>(), 1e-6);
  EXPECT_LT((d_packed - exact.grad()).abs().max().item<double>(), 1e-5);
}

INSTANTIATE_TEST_SUITE_P(Shapes, TokenAttention,
                         ::testing::Values(AttentionShape{3, 4, 4, 24}, AttentionShape{2, 4, 2, 32},
                                           AttentionShape{2, 4, 3, 64}, AttentionShape{2, 4, 2, 8},
                                           AttentionShape{2, 4, 3, 10}, AttentionShape{2, 4, 1, 96},
                                           AttentionShape{2, 16, 4, 64}, AttentionShape{1, 16, 2, 20}));

}  // namespace
}  // namespace lf::kernels
