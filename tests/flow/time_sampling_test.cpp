#include "flow/time_sampling.h"

#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include <cmath>

#include "base/errors.h"

namespace lf::flow {
namespace {

constexpr int64_t kMany = 100000;

at::Tensor sorted_times(TimeLaw law, int64_t batch, uint64_t seed = 11) {
  at::Generator generator = at::detail::createCPUGenerator(seed);
  return std::get<0>(sample_times(law, batch, generator).to(at::kDouble).sort());
}

double quantile_of(const at::Tensor& sorted, double p) {
  return sorted[static_cast<int64_t>(p * sorted.size(0))].item<double>();
}

double logistic(double z) { return 1 / (1 + std::exp(-z)); }

// Standard-normal quantiles of 10, 25, 50, 75 and 90 %.
const std::vector<std::pair<double, double>> kNormalQuantiles = {
    {0.10, -1.2815516}, {0.25, -0.6744898}, {0.50, 0.0}, {0.75, 0.6744898}, {0.90, 1.2815516}};

TEST(StratifiedTimes, MatchTheReferenceVectors) {
  const at::Tensor t = stratified_times(0.725965142, 7);
  const at::Tensor expected = at::tensor(
      {0.725965142f, 0.868822277f, 0.0116894245f, 0.154546618f, 0.297403812f, 0.440260887f, 0.583117962f});
  EXPECT_EQ(t.scalar_type(), at::kFloat);
  EXPECT_TRUE(at::allclose(t, expected, 0, 1e-7)) << t;
}

TEST(StratifiedTimes, LieOneInEveryStratum) {
  const at::Tensor t = sorted_times(TimeLaw::Stratified, 200);
  const at::Tensor gaps = t.diff();
  EXPECT_NEAR(gaps.max().item<double>(), 1.0 / 200, 2e-5);
  EXPECT_NEAR(gaps.min().item<double>(), 1.0 / 200, 2e-5);
}

TEST(SampleTimes, UniformHasUniformQuantiles) {
  const at::Tensor t = sorted_times(TimeLaw::Uniform, kMany);
  for (const double p : {0.01, 0.25, 0.5, 0.75, 0.99}) EXPECT_NEAR(quantile_of(t, p), p, 0.006);
}

TEST(SampleTimes, LogitNormalHasItsQuantiles) {
  const at::Tensor t = sorted_times(TimeLaw::LogitNormal, kMany);
  for (const auto& [p, z] : kNormalQuantiles) EXPECT_NEAR(quantile_of(t, p), logistic(z), 0.006);
}

// The share below logistic(z) is 0.9 Phi(z) + 0.1 logistic(z).
TEST(SampleTimes, MixedIsNineTenthsLogitNormalAndOneTenthUniform) {
  const at::Tensor t = sorted_times(TimeLaw::Mixed, kMany);
  for (const auto& [p, z] : kNormalQuantiles) {
    const double share = t.lt(logistic(z)).to(at::kDouble).mean().item<double>();
    EXPECT_NEAR(share, 0.9 * p + 0.1 * logistic(z), 0.004);
  }
  // Only the uniform tenth reaches the ends: Phi(logit 0.005) is 6e-8.
  EXPECT_NEAR(t.lt(0.005).to(at::kDouble).mean().item<double>(), 0.1 * 0.005, 0.0003);
}

TEST(SampleTimes, StayInRangeAndFollowTheSeed) {
  for (const auto& [name, law] : time_laws()) {
    const at::Tensor t = sorted_times(law, 4096, 5);
    EXPECT_GE(t.min().item<double>(), 0) << name;
    EXPECT_LE(t.max().item<double>(), 1 - 0.99e-5) << name;
    EXPECT_TRUE(at::equal(t, sorted_times(law, 4096, 5))) << name;
    EXPECT_FALSE(at::equal(t, sorted_times(law, 4096, 6))) << name;
  }
}

TEST(TimeLaws, AreFoundByName) {
  for (const auto& [name, law] : time_laws()) EXPECT_EQ(time_law_from_name(name), law);
}

TEST(TimeLaws, UnknownNameListsTheKnown) {
  try {
    time_law_from_name("gaussian");
    FAIL() << "accepted";
  } catch (const InputError& error) {
    EXPECT_STREQ(error.what(),
                 "unknown time law 'gaussian'; known: uniform, stratified, logit-normal, mixed");
  }
}

TEST(SampleTimes, RefuseAnEmptyBatch) {
  at::Generator generator = at::detail::createCPUGenerator(1);
  EXPECT_THROW(sample_times(TimeLaw::Mixed, 0, generator), InputError);
}

}  // namespace
}  // namespace lf::flow
