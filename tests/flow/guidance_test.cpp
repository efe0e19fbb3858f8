#include "flow/guidance.h"

#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include "flow/integrate.h"

namespace lf::flow {
namespace {

/// A constant field that counts its calls and returns one reused buffer.
VelocityField constant(double value, int* calls) {
  return [value, calls, buffer = at::empty({0}, at::kDouble)](const at::Tensor& x, double) mutable {
    ++*calls;
    return buffer.resize_(x.sizes()).fill_(value);
  };
}

double guided_value(double w, int* calls_digit, int* calls_null) {
  const VelocityField field = guided(constant(3, calls_digit), constant(1, calls_null), w);
  return field(at::zeros({2, 2}, at::kDouble), 0.5)[1][1].item<double>();
}

TEST(Guidance, OneIsThePlainConditionalField) {
  int digit = 0, null = 0;
  EXPECT_EQ(guided_value(1, &digit, &null), 3);
  EXPECT_EQ(digit, 1);
  EXPECT_EQ(null, 0);
}

TEST(Guidance, ZeroIsTheNullField) {
  int digit = 0, null = 0;
  EXPECT_EQ(guided_value(0, &digit, &null), 1);
  EXPECT_EQ(digit, 0);
  EXPECT_EQ(null, 1);
}

TEST(Guidance, GoesBeyondTheConditionalField) {
  for (const double w : {-1.0, 0.5, 2.0, 4.5}) {
    int digit = 0, null = 0;
    EXPECT_DOUBLE_EQ(guided_value(w, &digit, &null), 1 + w * 2);
    EXPECT_EQ(digit + null, nfe_per_guided_call(w));
  }
  EXPECT_EQ(nfe_per_guided_call(1), 1);
  EXPECT_EQ(nfe_per_guided_call(0), 1);
}

TEST(Guidance, ChangesNothingBetweenEqualFields) {
  const VelocityField field = [](const at::Tensor& x, double t) { return x.sin() * t; };
  const at::Tensor x = at::linspace(-3, 3, 8, at::kDouble).view({2, 4});
  EXPECT_TRUE(at::allclose(guided(field, field, 7)(x, 0.3), field(x, 0.3), 0, 1e-14));
}

TEST(Guidance, CountsTwiceInTheTrajectory) {
  int digit = 0, null = 0;
  IntegrateOptions options;
  options.steps = 4;
  options.nfe_per_call = nfe_per_guided_call(2);
  const VelocityField field = guided(constant(3, &digit), constant(1, &null), 2);
  const Trajectory way = integrate(field, at::zeros({1, 2}, at::kDouble), options);
  EXPECT_EQ(way.nfe, 16);
  EXPECT_EQ(digit + null, 16);
  EXPECT_NEAR(way.x.back()[0][0].item<double>(), 5, 1e-12);
}

}  // namespace
}  // namespace lf::flow
