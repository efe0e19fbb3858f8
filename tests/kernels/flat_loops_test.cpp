#include "kernels/flat_loops.h"

#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include <array>

namespace lf::kernels {
namespace {

at::Tensor numbers(int64_t n, uint64_t seed) {
  auto g = at::make_generator<at::CPUGeneratorImpl>(seed);
  return at::randn({n}, g, at::kFloat);
}

TEST(FlatLoops, PartsAreAddedInTheirOrderAndLeftZero) {
  for (const int64_t n : {0, 1, 7, 1024, 1025, 5000}) {
    const at::Tensor first = numbers(n, 1), second = numbers(n, 2), third = numbers(n, 3);
    const at::Tensor expected = (first + second) + third;
    const std::array<float*, 2> others{second.data_ptr<float>(), third.data_ptr<float>()};
    const double squares = add_parts(n, first.data_ptr<float>(), others.data(), 2);
    EXPECT_TRUE(at::equal(first, expected)) << n;
    EXPECT_EQ(second.abs().sum().item<double>() + third.abs().sum().item<double>(), 0) << n;
    const double reference = expected.to(at::kDouble).square().sum().item<double>();
    EXPECT_NEAR(squares, reference, 1e-5 * reference) << n;
  }
}

TEST(FlatLoops, NesterovLooksAhead) {
  for (const bool moves : {true, false}) {
    const int64_t n = 3000;
    const at::Tensor gradient = numbers(n, 1), momentum = numbers(n, 2), direction = at::zeros({n});
    const at::Tensor g = gradient / 2.0;
    const at::Tensor expected = momentum.lerp(g, 0.05), ahead = g.lerp(expected, 0.95);
    const double squares = nesterov(n, gradient.data_ptr<float>(), 2.0f, 0.95f, momentum.data_ptr<float>(),
                                    moves ? direction.data_ptr<float>() : nullptr);
    EXPECT_TRUE(at::allclose(momentum, expected, 1e-5, 1e-6));
    EXPECT_EQ(gradient.abs().sum().item<double>(), 0);
    EXPECT_TRUE(at::allclose(direction, moves ? ahead : at::zeros({n}), 1e-5, 1e-6));
    EXPECT_NEAR(squares, moves ? ahead.square().sum().item<double>() : 0, 1e-1);
  }
}

}  // namespace
}  // namespace lf::kernels
