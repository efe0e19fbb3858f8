#include "kernels/bfloat/packed_weight.h"

#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include "kernels/arithmetic.h"

namespace lf::kernels {
namespace {

at::Tensor multiply(const PackedWeight& weight, const at::Tensor& x) {
  at::Tensor y = at::full({x.size(0), weight.outputs()}, 7.0f);
  weight.multiply(x.size(0), x.data_ptr<float>(), y.data_ptr<float>());
  return y;
}

TEST(PackedWeight, MultipliesLikeLinear) {
  at::manual_seed(1);
  for (const int64_t outputs : {1, 15, 16, 32, 33, 48, 100}) {
    for (const int64_t rows : {0, 1, 2, 5, 6, 13}) {
      const at::Tensor w = at::randn({outputs, 20}), x = at::randn({rows, 20});
      EXPECT_TRUE(at::allclose(multiply(PackedWeight(w), x), at::linear(x, w), 1e-5, 1e-5))
          << outputs << " outputs, " << rows << " rows";
    }
  }
}

TEST(PackedWeight, InBfloat16MultipliesRoundedNumbersAndAddsInFloat32) {
  if (bfloat_unit() == BFloatUnit::None) GTEST_SKIP() << "this processor has no products in bfloat16";
  at::manual_seed(1);
  const auto rounded = [](const at::Tensor& values) { return values.to(at::kBFloat16).to(at::kFloat); };
  for (const int64_t outputs : {1, 15, 16, 17, 32, 48, 100}) {
    for (const int64_t inputs : {1, 15, 16, 33, 100}) {
      const at::Tensor w = at::randn({outputs, inputs}), x = at::randn({13, inputs});
      const at::Tensor ours = multiply(PackedWeight(w, Arithmetic::BFloat16), x);
      EXPECT_TRUE(at::allclose(ours, at::linear(rounded(x), rounded(w)), 1e-5, 1e-5))
          << outputs << " outputs, " << inputs << " inputs";
    }
  }
}

TEST(PackedWeight, EveryRowHasTheSameBytesInEveryBatch) {
  at::manual_seed(1);
  for (const Arithmetic arithmetic : {Arithmetic::Float32, Arithmetic::BFloat16}) {
    if (arithmetic == Arithmetic::BFloat16 && bfloat_unit() == BFloatUnit::None) continue;
    const PackedWeight weight(at::randn({40, 131}), arithmetic);
    const at::Tensor x = at::randn({23, 131}), all = multiply(weight, x);
    for (int64_t row = 0; row < 23; ++row) {
      EXPECT_TRUE(at::equal(multiply(weight, x.narrow(0, row, 1))[0], all[row])) << row;
    }
  }
}

TEST(PackedWeight, KeepsTheValuesItWasMadeFrom) {
  const at::Tensor w = at::ones({3, 2}), x = at::ones({1, 2});
  const PackedWeight weight(w);
  w.zero_();
  EXPECT_TRUE(at::equal(multiply(weight, x), at::full({1, 3}, 2.0f)));
}

}  // namespace
}  // namespace lf::kernels
