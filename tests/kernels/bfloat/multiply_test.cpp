#include "kernels/bfloat/multiply.h"

#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include "base/image_shape.h"
#include "kernels/bfloat/amx.h"
#include "kernels/bfloat/avx512.h"

namespace lf::kernels {
namespace {

at::Tensor rounded(const at::Tensor& values) { return values.to(at::kBFloat16).to(at::kFloat); }

BfloatRows rows_of(const at::Tensor& x) {
  BfloatRows rows;
  rows.resize(x.size(0), x.size(1));
  rows.round(x.const_data_ptr<float>());
  return rows;
}

/// max |ours − reference| relative to the reference's size.
double relative(const at::Tensor& ours, const at::Tensor& reference) {
  return ((ours - reference).abs().max() / reference.abs().max()).item<double>();
}

struct Shape {
  int64_t rows, inputs, outputs;
};

/// Sizes of the flow's products, of the autoencoder's, and some with odd remainders.
std::vector<Shape> shapes() {
  return {
      {256, 96, 288}, {256, 96, 96}, {256, 288, 96}, {256, 16, 96}, {64, 96, 576}, {kDigitPixels, 432, 48},
      {196, 9, 24},   {1, 1, 1},     {3, 7, 5},      {17, 33, 31},  {31, 65, 33},  {13, 100, 10},
      {5, 2, 47},     {2, 31, 64},   {512, 64, 128}, {300, 96, 100}};
}

/// The path for AMX is tested on every processor with bfloat16: without AMX, oneDNN uses other kernels for
/// it.
struct Way {
  const char* name;
  void (*multiply)(const BfloatLeft&, const BfloatRight&, const ProductResult&);
  void (*transposed)(const BfloatRight&, const BfloatRight&, const ProductResult&);
};
const Way kWays[] = {{"AVX512_BF16", multiply_avx512, multiply_avx512_transposed},
                     {"AMX", multiply_amx, multiply_amx_transposed}};

ProductResult into(at::Tensor& y, bool adds) {
  return {y.data_ptr<float>(), y.size(0), y.size(1), y.stride(0), adds};
}

class BfloatMultiply : public ::testing::Test {
  void SetUp() override {
    if (bfloat_unit() == BFloatUnit::None) GTEST_SKIP() << "this processor has no products in bfloat16";
    at::manual_seed(1);
  }
};

TEST_F(BfloatMultiply, ForwardIsThatOfRoundedOperands) {
  for (const Way& way : kWays) {
    for (const Shape& s : shapes()) {
      const at::Tensor x = at::randn({s.rows, s.inputs}), w = at::randn({s.outputs, s.inputs});
      BfloatWeight weight;
      weight.round(w);
      at::Tensor y = at::full({s.rows, s.outputs}, 7.0f);
      way.multiply(rows_of(x).left(), weight.forward(), into(y, false));
      EXPECT_LE(relative(y, rounded(x).mm(rounded(w).t())), 1e-5) << way.name << " " << s.rows;
      const double bound = s.inputs > 8 ? 1e-2 : 2e-2;
      EXPECT_LE(relative(y, x.mm(w.t())), bound) << way.name << " " << s.rows;
    }
  }
}

TEST_F(BfloatMultiply, InputGradientIsThatOfRoundedOperands) {
  for (const Way& way : kWays) {
    for (const Shape& s : shapes()) {
      const at::Tensor dy = at::randn({s.rows, s.outputs}), w = at::randn({s.outputs, s.inputs});
      BfloatWeight weight;
      weight.round(w);
      at::Tensor dx = at::full({s.rows, s.inputs}, 7.0f);
      way.multiply(rows_of(dy).left(), weight.backward(), into(dx, false));
      EXPECT_LE(relative(dx, rounded(dy).mm(rounded(w))), 1e-5) << way.name << " " << s.rows;
    }
  }
}

TEST_F(BfloatMultiply, WeightGradientIsThatOfRoundedOperandsAndIsAdded) {
  for (const Way& way : kWays) {
    for (const Shape& s : shapes()) {
      const at::Tensor dy = at::randn({s.rows, s.outputs}), x = at::randn({s.rows, s.inputs});
      at::Tensor gradient = at::randn({s.outputs, s.inputs});
      const at::Tensor expected = gradient + rounded(dy).t().mm(rounded(x));
      way.transposed(rows_of(dy).right(), rows_of(x).right(), into(gradient, true));
      EXPECT_LE(relative(gradient, expected), 1e-5) << way.name << " " << s.rows;
    }
  }
}

TEST_F(BfloatMultiply, WritesNothingBesideItsResult) {
  for (const Way& way : kWays) {
    const at::Tensor x = at::randn({7, 20}), w = at::randn({37, 20});
    BfloatWeight weight;
    weight.round(w);
    const at::Tensor memory = at::full({9, 60}, 7.0f);
    at::Tensor y = memory.narrow(0, 1, 7).narrow(1, 3, 37);
    way.multiply(rows_of(x).left(), weight.forward(), into(y, false));
    y.fill_(7);
    EXPECT_TRUE(at::equal(memory, at::full({9, 60}, 7.0f))) << way.name;
  }
}

TEST_F(BfloatMultiply, EveryRowHasTheSameBytesInEveryBatch) {
  for (const Way& way : kWays) {
    BfloatWeight weight;
    weight.round(at::randn({40, 131}));
    const at::Tensor x = at::randn({23, 131});
    at::Tensor all = at::empty({23, 40}), one = at::empty({1, 40});
    way.multiply(rows_of(x).left(), weight.forward(), into(all, false));
    for (int64_t row = 0; row < 23; ++row) {
      way.multiply(rows_of(x.narrow(0, row, 1).contiguous()).left(), weight.forward(), into(one, false));
      EXPECT_TRUE(at::equal(one[0], all[row])) << way.name << " row " << row;
    }
  }
}

TEST_F(BfloatMultiply, RoundsToNearestTiesToEven) {
  const at::Tensor x = at::tensor({1.0f, 1.00390625f, 1.01171875f, -3.14159f, 1e-30f, 65537.0f}).view({1, 6});
  const BfloatRows rows = rows_of(x);
  const auto* halves = reinterpret_cast<const at::BFloat16*>(rows.left().words);
  for (int64_t i = 0; i < 6; ++i) {
    EXPECT_EQ(static_cast<float>(halves[i]), rounded(x)[0][i].item<float>()) << i;
  }
}

TEST_F(BfloatMultiply, MemoryOfAnEarlierShapeLeavesNothingBehind) {
  BfloatRows rows;
  rows.resize(64, 96);
  rows.round(at::full({64, 96}, 5.0f).const_data_ptr<float>());
  const at::Tensor dy = at::randn({5, 33}), x = at::randn({5, 10});
  rows.resize(5, 33);
  rows.round(dy.const_data_ptr<float>());
  for (const Way& way : kWays) {
    at::Tensor gradient = at::zeros({33, 10});
    way.transposed(rows.right(), rows_of(x).right(), into(gradient, false));
    EXPECT_LE(relative(gradient, rounded(dy).t().mm(rounded(x))), 1e-5) << way.name;
  }
}

TEST_F(BfloatMultiply, WordsAreTransposed) {
  const at::Tensor from = at::arange(48 * 32, at::kInt).view({48, 32});
  at::Tensor to = at::empty({32, 48}, at::kInt);
  transpose_words(48, 32, reinterpret_cast<const BfloatPair*>(from.const_data_ptr<int32_t>()), 32,
                  reinterpret_cast<BfloatPair*>(to.data_ptr<int32_t>()), 48);
  EXPECT_TRUE(at::equal(to, from.t()));
}

}  // namespace
}  // namespace lf::kernels
