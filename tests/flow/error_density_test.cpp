// Grids of equal error for a known error.
#include "flow/error_density.h"

#include <gtest/gtest.h>

#include <cmath>

#include "base/errors.h"

namespace lf::flow {
namespace {

std::vector<double> middles(int count) {
  std::vector<double> t;
  for (int i = 0; i < count; ++i) t.push_back((i + 0.5) / count);
  return t;
}

TEST(ErrorDensity, ConstantErrorMeansEqualSteps) {
  // error = C h^(p+1) with C = 2, p = 2, h = 0.1
  const ErrorDensity density = error_density(middles(10), std::vector<double>(10, 2e-3), 0.1, 2);
  EXPECT_NEAR(density.total(), std::cbrt(2), 1e-12);
  const auto grid = equidistributed(density, 4);
  ASSERT_EQ(grid.size(), 5u);
  for (size_t i = 0; i < 5; ++i) EXPECT_NEAR(grid[i], 0.25 * static_cast<double>(i), 1e-9);
  for (const double error : foretold_errors(density, grid, 2)) EXPECT_NEAR(error, 2.0 / 64, 1e-9);
}

TEST(ErrorDensity, LinearDensityHasSquareRootGrids) {
  // p = 1, C(t) = (2 t)^2: density 2 t, whose integral is t^2, so that boundaries stand at sqrt(i / n).
  const auto t = middles(1000);
  std::vector<double> errors;
  for (const double at : t) errors.push_back(4 * at * at * 1e-6);
  const ErrorDensity density = error_density(t, errors, 1e-3, 1);
  EXPECT_NEAR(density.total(), 1, 1e-3);
  EXPECT_NEAR(density.integral(0.5), 0.25, 1e-3);
  const auto grid = equidistributed(density, 4);
  for (size_t i = 0; i <= 4; ++i) EXPECT_NEAR(grid[i], std::sqrt(static_cast<double>(i) / 4), 2e-3);
  const auto foretold = foretold_errors(density, grid, 1);
  for (const double error : foretold) EXPECT_NEAR(error, foretold[0], 1e-9);
}

TEST(ErrorDensity, PlacesWithoutErrorKeepSteps) {
  const ErrorDensity density = error_density({0.25, 0.75}, {0, 1e-3}, 0.1, 2);
  const auto grid = equidistributed(density, 3);
  for (size_t i = 1; i < grid.size(); ++i) EXPECT_GT(grid[i], grid[i - 1]);
  EXPECT_NEAR(density.value[0], density.value[1] / 100, 1e-12);
}

TEST(ErrorDensity, RefusesWhatIsNoMeasurement) {
  EXPECT_THROW(error_density({}, {}, 0.1, 2), InputError);
  EXPECT_THROW(error_density({0.5}, {1, 2}, 0.1, 2), InputError);
  EXPECT_THROW(error_density({0.5}, {1}, 0, 2), InputError);
}

}  // namespace
}  // namespace lf::flow
