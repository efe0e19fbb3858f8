#include "flow/assignment.h"

#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <limits>
#include <numeric>

#include "base/errors.h"

namespace lf::flow {
namespace {

at::Tensor random_costs(int64_t n, uint64_t seed) {
  return at::randn({n, n}, at::detail::createCPUGenerator(seed), at::kDouble);
}

double sum_of(const at::Tensor& cost, const std::vector<int64_t>& columns) {
  double sum = 0;
  for (size_t row = 0; row < columns.size(); ++row)
    sum += cost[static_cast<int64_t>(row)][columns[row]].item<double>();
  return sum;
}

std::vector<int64_t> counting(int64_t n) {
  std::vector<int64_t> numbers(n);
  std::iota(numbers.begin(), numbers.end(), 0);
  return numbers;
}

double least_of_all_permutations(const at::Tensor& cost) {
  std::vector<int64_t> columns = counting(cost.size(0));
  double least = std::numeric_limits<double>::infinity();
  do least = std::min(least, sum_of(cost, columns));
  while (std::next_permutation(columns.begin(), columns.end()));
  return least;
}

bool is_permutation(std::vector<int64_t> columns) {
  std::sort(columns.begin(), columns.end());
  return columns == counting(static_cast<int64_t>(columns.size()));
}

TEST(Assignment, IsTheBestOfAllPermutations) {
  for (int64_t n = 0; n <= 6; ++n) {
    for (uint64_t seed = 0; seed < 15; ++seed) {
      const at::Tensor cost = random_costs(n, 100 * n + seed);
      const std::vector<int64_t> columns = cheapest_assignment(cost);
      EXPECT_TRUE(is_permutation(columns));
      EXPECT_NEAR(sum_of(cost, columns), least_of_all_permutations(cost), 1e-12);
    }
  }
  const at::Tensor seven = random_costs(7, 7);
  EXPECT_NEAR(sum_of(seven, cheapest_assignment(seven)), least_of_all_permutations(seven), 1e-12);
}

TEST(Assignment, CopesWithEqualCosts) {
  for (uint64_t seed = 0; seed < 20; ++seed) {
    const at::Tensor cost = random_costs(6, seed).round();  // few different values
    const std::vector<int64_t> columns = cheapest_assignment(cost);
    EXPECT_TRUE(is_permutation(columns));
    EXPECT_EQ(sum_of(cost, columns), least_of_all_permutations(cost));
    EXPECT_EQ(columns, cheapest_assignment(cost));
  }
}

// On a line the order is kept, so a large problem has a known solution.
TEST(Assignment, OfPointsOnALineKeepsTheirOrder) {
  const at::Tensor a = random_costs(20, 1).flatten(), b = random_costs(20, 2).flatten();  // 400 points each
  const std::vector<int64_t> columns = cheapest_assignment((a.unsqueeze(1) - b).square());
  const at::Tensor expected = b.argsort().index_select(0, a.argsort().argsort());
  EXPECT_TRUE(at::equal(at::tensor(columns, at::kLong), expected));
}

// Adding a number to a row changes every sum equally.
TEST(Assignment, DoesNotChangeWithARowsOffset) {
  const at::Tensor cost = random_costs(50, 3);
  const at::Tensor moved = cost + 100 * random_costs(50, 4).select(1, 0).unsqueeze(1);
  EXPECT_EQ(cheapest_assignment(cost), cheapest_assignment(moved));
}

TEST(Assignment, OfABatchTakesMilliseconds) {
  const at::Tensor a = at::randn({256, 64}, at::detail::createCPUGenerator(5)),
                   b = at::randn({256, 64}, at::detail::createCPUGenerator(6));
  const at::Tensor cost = at::cdist(a, b).square();
  const auto begin = std::chrono::steady_clock::now();
  EXPECT_TRUE(is_permutation(cheapest_assignment(cost)));
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - begin;
  RecordProperty("microseconds", static_cast<int>(seconds.count() * 1e6));
  EXPECT_LT(seconds.count(), 2);  // 50 ms are expected; the rest is for sanitizers and busy machines
}

TEST(Assignment, RefusesWhatItCannotDo) {
  EXPECT_THROW(cheapest_assignment(at::zeros({2, 3})), InputError);
  EXPECT_THROW(cheapest_assignment(at::full({2, 2}, std::numeric_limits<double>::quiet_NaN())), InputError);
}

}  // namespace
}  // namespace lf::flow
