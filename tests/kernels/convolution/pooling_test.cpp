#include "kernels/convolution/pooling.h"

#include <ATen/ATen.h>
#include <gtest/gtest.h>

namespace lf::kernels {
namespace {

/// (samples, side, side, columns) pooled by the library.
at::Tensor pooled(const at::Tensor& x) {
  return at::max_pool2d(x.permute({0, 3, 1, 2}), 2).permute({0, 2, 3, 1}).contiguous();
}

TEST(Pooling, TakesTheLargestOfEachSquare) {
  for (const int64_t side : {2, 3, 7, 14}) {
    for (const int64_t columns : {16, 48}) {
      const at::Tensor x = at::randn({3, side, side, columns});
      at::Tensor y = at::zeros({3, side / 2, side / 2, columns});
      max_pool(3, side, columns, x.const_data_ptr<float>(), y.data_ptr<float>());
      EXPECT_TRUE(y.equal(pooled(x))) << side << " " << columns;
    }
  }
}

TEST(Pooling, CutsOffBelowZero) {
  const at::Tensor x = at::randn({80}), added = at::randn({80});
  at::Tensor y = at::zeros({80});
  relu_of(80, x.const_data_ptr<float>(), nullptr, y.data_ptr<float>());
  EXPECT_TRUE(y.equal(x.relu()));
  relu_of(80, x.const_data_ptr<float>(), added.const_data_ptr<float>(), y.data_ptr<float>());
  EXPECT_TRUE(y.equal((x + added).relu()));
  at::Tensor same = x.clone();
  relu_of(80, same.const_data_ptr<float>(), nullptr, same.data_ptr<float>());
  EXPECT_TRUE(same.equal(x.relu())) << "in place";
}

}  // namespace
}  // namespace lf::kernels
