#include "models/packed_convolution.h"

#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace lf {
namespace {

struct Case {
  ConvGeometry geometry;
  int64_t in, out, samples;
};

const std::vector<Case>& cases() {
  static const std::vector<Case> all{
      {{3, 2, 28, 28, 14}, 1, 24, 3},  // a single channel
      {{3, 2, 14, 14, 7}, 24, 48, 8},  // two vectors into three
      {{3, 2, 7, 7, 4}, 48, 48, 5},   {{1, 1, 4, 4, 4}, 48, 8, 2}, {{3, 1, 4, 4, 4}, 4, 48, 8},
      {{3, 1, 4, 7, 7}, 48, 48, 3},  // enlarged by no whole number
      {{3, 1, 7, 7, 7}, 48, 16, 9},   {{3, 1, 3, 6, 6}, 5, 33, 1}, {{5, 1, 6, 6, 6}, 7, 16, 2},
  };
  return all;
}

ParameterSet random_layer(const Case& c) {
  const int64_t k = c.geometry.kernel;
  const std::vector<ParameterSpec> specs{{"before", {3}, Initial::one()},
                                         {"conv.weight", {c.out, c.in, k, k}, Initial::normal(0.3)},
                                         {"conv.bias", {c.out}, Initial::normal(0.3)}};
  return ParameterSet(specs, at::make_generator<at::CPUGeneratorImpl>(1), /*trainable=*/true);
}

at::Tensor reference(const ParameterSet& parameters, const Case& c, const at::Tensor& x) {
  const ConvGeometry& g = c.geometry;
  return at::conv2d(at::upsample_nearest2d(x, {g.enlarged, g.enlarged}), parameters.named("conv.weight"),
                    parameters.named("conv.bias"), {g.stride, g.stride}, {g.kernel / 2, g.kernel / 2});
}

/// maps (N, C, side, side) → (N, side·side, pitch), zeros behind the channels.
at::Tensor rows_of(const at::Tensor& maps, int64_t pitch) {
  const at::Tensor rows = maps.flatten(2).transpose(1, 2);
  return at::constant_pad_nd(rows, {0, pitch - rows.size(2)}).contiguous();
}

double relative_error(const at::Tensor& ours, const at::Tensor& expected) {
  return ((ours - expected).abs().max() / expected.abs().max()).item<double>();
}

TEST(PackedConvolution, GivesWhatLibTorchGivesInAllThreeProducts) {
  auto g = at::make_generator<at::CPUGeneratorImpl>(2);
  for (const Case& c : cases()) {
    const ParameterSet parameters = random_layer(c);
    const ConvPlan plan(c.geometry);
    PackedConvolution layer(parameters, "conv", plan, c.in > 1);
    layer.pack();
    const int64_t inputs = c.geometry.inputs, outputs = c.geometry.outputs;
    const at::Tensor x = at::randn({c.samples, c.in, inputs, inputs}, g, at::kFloat).set_requires_grad(true);
    const at::Tensor dy = at::randn({c.samples, c.out, outputs, outputs}, g, at::kFloat);
    const at::Tensor expected = reference(parameters, c, x);
    expected.backward(dy);
    const at::Tensor x_rows = rows_of(x.detach(), layer.in_pitch()),
                     dy_rows = rows_of(dy, layer.out_columns());
    const at::Tensor y = at::full_like(dy_rows, 9);
    layer.forward(c.samples, x_rows.data_ptr<float>(), y.data_ptr<float>());
    EXPECT_LT(relative_error(y, rows_of(expected.detach(), layer.out_columns())), 2e-6);
    if (c.in > 1) {
      const at::Tensor dx = at::full_like(x_rows, 9);
      layer.input_gradient(c.samples, dy_rows.data_ptr<float>(), dx.data_ptr<float>());
      EXPECT_LT(relative_error(dx, rows_of(x.grad(), layer.in_pitch())), 2e-6);
      layer.input_gradient(c.samples, dy_rows.data_ptr<float>(), dx.data_ptr<float>(), /*add=*/true);
      EXPECT_LT(relative_error(dx, 2 * rows_of(x.grad(), layer.in_pitch())), 2e-6);
    }
    const at::Tensor ours = at::zeros_like(parameters.flat());
    std::vector<float> first(static_cast<size_t>(layer.gradient_size())), second = first;
    layer.add_gradient(c.samples, x_rows.data_ptr<float>(), dy_rows.data_ptr<float>(), first.data());
    layer.bias_gradient(second.data())[0] = 5;
    layer.collect_gradients({first.data(), second.data()}, ours.data_ptr<float>());
    const int64_t bias = ours.size(0) - c.out;
    EXPECT_EQ(ours[bias].item<float>(), 5) << "the caller's";
    EXPECT_EQ(ours.narrow(0, 0, 3).abs().max().item<float>(), 0) << "not this layer's";
    EXPECT_LT(relative_error(ours.narrow(0, 3, bias - 3), parameters.named("conv.weight").grad().flatten()),
              5e-6);
    EXPECT_EQ(*std::max_element(first.begin(), first.end()), 0) << "ready for the next sum";
  }
}

TEST(PackedConvolution, AGridGivesTheSameBytesInEveryBatch) {
  const Case c{{3, 1, 7, 7, 7}, 48, 48, 11};
  const ParameterSet parameters = random_layer(c);
  const ConvPlan plan(c.geometry);
  PackedConvolution layer(parameters, "conv", plan, /*with_backward=*/false);
  layer.pack();
  const at::Tensor x = at::rand({c.samples, 49, 48}), together = at::empty_like(x), alone = at::empty_like(x);
  layer.forward(c.samples, x.data_ptr<float>(), together.data_ptr<float>());
  for (int64_t i = 0; i < c.samples; ++i)
    layer.forward(1, x[i].data_ptr<float>(), alone[i].data_ptr<float>());
  EXPECT_TRUE(at::equal(together, alone));
}

}  // namespace
}  // namespace lf
