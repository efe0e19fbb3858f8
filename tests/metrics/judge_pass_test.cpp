#include "metrics/judge_pass.h"

#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include "toy_judge.h"

namespace lf::metrics {
namespace {

double largest_difference(const at::Tensor& a, const at::Tensor& b) {
  return ((a - b).abs().max() / b.abs().max()).item<double>();
}

TEST(JudgePass, AgreesWithTheNetwork) {
  const std::vector<at::Tensor> weights = random_judge_weights(3);
  const JudgePass pass(weights);
  for (const int64_t count : {1, 3, 8, 37, 256}) {
    const at::Tensor images = at::rand({count, 1, 28, 28});
    const JudgeOutput expected = judge_forward(weights, images), found = pass.run(images);
    EXPECT_LT(largest_difference(found.features, expected.features), 1e-5) << count;
    EXPECT_LT(largest_difference(found.logits, expected.logits), 1e-5) << count;
  }
}

TEST(JudgePass, AnswersNothingForNoPictures) {
  const JudgeOutput output = JudgePass(random_judge_weights(5)).run(at::zeros({0, 1, 28, 28}));
  EXPECT_EQ(output.features.sizes(), (at::IntArrayRef{0, 64}));
  EXPECT_EQ(output.logits.sizes(), (at::IntArrayRef{0, 10}));
}

}  // namespace
}  // namespace lf::metrics
