#include "models/packed_convolution.h"

#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "kernels/convolution/bfloat_convolution.h"

namespace lf::models {
namespace {

struct Case {
  kernels::ConvGeometry geometry;
  int64_t in, out, samples;
};

const std::vector<Case>& cases() {
  static const std::vector<Case> all{
      {{3, 2, 28, 28, 14}, 1, 24, 3},  // a single channel
      {{3, 2, 14, 14, 7}, 24, 48, 8},  // two vectors into three
      {{3, 2, 7, 7, 4}, 48, 48, 5},   {{1, 1, 4, 4, 4}, 48, 8, 2}, {{3, 1, 4, 4, 4}, 4, 48, 8},
      {{3, 2, 7, 7, 4}, 16, 16, 1},  // one sample: the pair's other half is zero
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
  const kernels::ConvGeometry& g = c.geometry;
  return at::conv2d(at::upsample_nearest2d(x, {g.enlarged, g.enlarged}), parameters.named("conv.weight"),
                    parameters.named("conv.bias"), {g.stride, g.stride}, {g.kernel / 2, g.kernel / 2});
}

/// maps (N, C, side, side) → (N, side·side, pitch), with zeros after the channels.
at::Tensor rows_of(const at::Tensor& maps, int64_t pitch) {
  const at::Tensor rows = maps.flatten(2).transpose(1, 2);
  return at::constant_pad_nd(rows, {0, pitch - rows.size(2)}).contiguous();
}

double relative_error(const at::Tensor& ours, const at::Tensor& expected) {
  return ((ours - expected).abs().max() / expected.abs().max()).item<double>();
}

struct Products {
  at::Tensor y, dx, d_weight, d_bias;  ///< dx is undefined for a single channel
};

Products by_libtorch(const ParameterSet& parameters, const Case& c, const at::Tensor& x,
                     const at::Tensor& dy) {
  const at::Tensor input = x.detach().clone().set_requires_grad(true);
  parameters.flat_gradient().zero_();
  const at::Tensor y = reference(parameters, c, input);
  y.backward(dy);
  const at::Tensor d_weight = parameters.named("conv.weight").grad();
  return {y.detach(), input.grad(), d_weight.flatten().clone(), dy.sum({0, 2, 3})};
}

/// Grids as rows; also checks that nothing beyond the layer is touched.
Products by_rows(const ParameterSet& parameters, const Case& c, const at::Tensor& x, const at::Tensor& dy,
                 kernels::Arithmetic arithmetic) {
  const kernels::ConvPlan plan(c.geometry);
  PackedConvolution layer(parameters, "conv", plan, c.in > 1, arithmetic);
  layer.pack();
  ConvScratch scratch;
  const at::Tensor x_rows = rows_of(x, layer.in_pitch()), dy_rows = rows_of(dy, layer.out_columns());
  Products ours{at::full_like(dy_rows, 9), {}, {}, {}};
  layer.forward(c.samples, x_rows.data_ptr<float>(), ours.y.data_ptr<float>(), scratch);
  if (c.in > 1) {
    ours.dx = at::full_like(x_rows, 9);
    layer.input_gradient(c.samples, dy_rows.data_ptr<float>(), ours.dx.data_ptr<float>(), scratch);
    const at::Tensor twice = ours.dx.clone();
    layer.input_gradient(c.samples, dy_rows.data_ptr<float>(), twice.data_ptr<float>(), scratch,
                         /*add=*/true);
    EXPECT_TRUE(at::allclose(twice, 2 * ours.dx, 1e-5, 1e-5));
  }
  const at::Tensor flat = at::zeros_like(parameters.flat());
  std::vector<float> first(static_cast<size_t>(layer.gradient_size())), second = first;
  layer.add_gradient(c.samples, x_rows.data_ptr<float>(), dy_rows.data_ptr<float>(), first.data(), scratch);
  layer.bias_gradient(second.data())[0] = 5;
  layer.collect_gradients({first.data(), second.data()}, flat.data_ptr<float>());
  EXPECT_EQ(*std::max_element(first.begin(), first.end()), 0) << "ready for the next sum";
  EXPECT_EQ(flat.narrow(0, 0, 3).abs().max().item<float>(), 0) << "not this layer's";
  const int64_t bias = flat.size(0) - c.out;
  ours.d_weight = flat.narrow(0, 3, bias - 3);
  ours.d_bias = flat.narrow(0, bias, c.out);
  EXPECT_EQ(ours.d_bias[0].item<float>(), 5) << "the caller's";
  return ours;
}

at::Tensor normal(at::IntArrayRef shape, uint64_t seed) {
  return at::randn(shape, at::make_generator<at::CPUGeneratorImpl>(seed), at::kFloat);
}

at::Tensor random_input(const Case& c) {
  return normal({c.samples, c.in, c.geometry.inputs, c.geometry.inputs}, 2);
}
at::Tensor random_gradient(const Case& c) {
  return normal({c.samples, c.out, c.geometry.outputs, c.geometry.outputs}, 3);
}

TEST(PackedConvolution, GivesWhatLibTorchGivesInAllThreeProducts) {
  for (const Case& c : cases()) {
    const ParameterSet parameters = random_layer(c);
    const at::Tensor x = random_input(c), dy = random_gradient(c);
    const Products expected = by_libtorch(parameters, c, x, dy);
    const Products ours = by_rows(parameters, c, x, dy, kernels::Arithmetic::Float32);
    EXPECT_LT(relative_error(ours.y, rows_of(expected.y, ours.y.size(2))), 2e-6);
    if (c.in > 1) {
      EXPECT_LT(relative_error(ours.dx, rows_of(expected.dx, ours.dx.size(2))), 2e-6);
    }
    EXPECT_LT(relative_error(ours.d_weight, expected.d_weight), 5e-6);
  }
}

at::Tensor rounded(const at::Tensor& x) { return x.to(at::kBFloat16).to(at::kFloat); }

TEST(PackedConvolution, RoundsOperandsToBfloat16AndNothingElse) {
  if (!kernels::has_bfloat_convolutions())
    GTEST_SKIP() << "this processor does not multiply bfloat16 by AVX512_BF16";
  for (const Case& c : cases()) {
    const ParameterSet parameters = random_layer(c);
    const at::Tensor x = random_input(c), dy = random_gradient(c);
    const Products exact = by_libtorch(parameters, c, x, dy);
    const Products ours = by_rows(parameters, c, x, dy, kernels::Arithmetic::BFloat16);
    if (c.in < 16 || c.geometry.kernel == 1 || c.out % 2) {
      EXPECT_TRUE(at::equal(ours.y, by_rows(parameters, c, x, dy, kernels::Arithmetic::Float32).y))
          << "too small";
      continue;
    }
    {
      const at::NoGradGuard no_grad;
      const at::Tensor weight = parameters.named("conv.weight").detach();
      weight.copy_(rounded(weight));
    }
    const Products expected = by_libtorch(parameters, c, rounded(x), rounded(dy));
    // If one weight represents several taps, their sum is rounded.
    const double bound = c.geometry.enlarged == c.geometry.inputs ? 1e-5 : 1e-2;
    const auto rows = [](const at::Tensor& maps, const at::Tensor& like) {
      return rows_of(maps, like.size(2));
    };
    EXPECT_LT(relative_error(ours.y, rows(expected.y, ours.y)), bound);
    EXPECT_LT(relative_error(ours.dx, rows(expected.dx, ours.dx)), bound);
    EXPECT_LT(relative_error(ours.d_weight, expected.d_weight), 1e-5);
    EXPECT_LT(relative_error(ours.y, rows(exact.y, ours.y)), 1e-2);
    EXPECT_LT(relative_error(ours.dx, rows(exact.dx, ours.dx)), 1e-2);
    EXPECT_LT(relative_error(ours.d_weight, exact.d_weight), 1e-2);
    EXPECT_GT(relative_error(ours.y, rows(exact.y, ours.y)), 1e-5) << "really rounded";
  }
}

TEST(PackedConvolution, AGridGivesTheSameBytesInEveryBatch) {
  for (const kernels::Arithmetic arithmetic : {kernels::Arithmetic::Float32, kernels::Arithmetic::BFloat16}) {
    const Case c{{3, 1, 7, 7, 7}, 48, 48, 11};
    const ParameterSet parameters = random_layer(c);
    const kernels::ConvPlan plan(c.geometry);
    PackedConvolution layer(parameters, "conv", plan, /*with_backward=*/false, arithmetic);
    layer.pack();
    ConvScratch scratch;
    const at::Tensor x = at::rand({c.samples, 49, 48}), together = at::empty_like(x),
                     alone = at::empty_like(x);
    layer.forward(c.samples, x.data_ptr<float>(), together.data_ptr<float>(), scratch);
    for (int64_t i = 0; i < c.samples; ++i)
      layer.forward(1, x[i].data_ptr<float>(), alone[i].data_ptr<float>(), scratch);
    EXPECT_TRUE(at::equal(together, alone));
  }
}

}  // namespace
}  // namespace lf::models
