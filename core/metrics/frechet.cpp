#include "metrics/frechet.h"

#include <ATen/ATen.h>
#include <ATen/CPUGeneratorImpl.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "base/errors.h"

namespace lf::metrics {
namespace {

// S^½ of a symmetric positive matrix; rounding may give tiny negative eigenvalues, which count as
// 0.
at::Tensor symmetric_root(const at::Tensor& matrix) {
  auto [values, vectors] = at::linalg_eigh(matrix);
  return (vectors * values.clamp_min(0).sqrt().unsqueeze(0)).matmul(vectors.t());
}

// tr((Σ1^½ Σ2 Σ1^½)^½): the sum of the roots of the eigenvalues of a symmetric matrix.
double trace_of_root_product(const at::Tensor& a, const at::Tensor& b) {
  at::Tensor root = symmetric_root(a);
  at::Tensor product = root.matmul(b).matmul(root);
  at::Tensor values = at::linalg_eigvalsh((product + product.t()) / 2);
  return values.clamp_min(0).sqrt().sum().item<double>();
}

bool finite(const GaussianStats& stats) {
  return stats.mean.isfinite().all().item<bool>() && stats.covariance.isfinite().all().item<bool>();
}

}  // namespace

FeatureStats::FeatureStats(int64_t dimensions)
    : sum_(at::zeros({dimensions}, at::kDouble)),
      products_(at::zeros({dimensions, dimensions}, at::kDouble)) {}

void FeatureStats::add(const at::Tensor& features) {
  at::Tensor block = features.detach().to(at::kDouble);
  sum_ += block.sum(0);
  products_ += block.t().matmul(block);
  count_ += block.size(0);
}

GaussianStats FeatureStats::finish() const {
  if (count_ < 2) throw RunError("cannot form feature statistics: fewer than 2 images were measured");
  at::Tensor mean = sum_ / count_;
  at::Tensor covariance = (products_ - count_ * at::outer(mean, mean)) / (count_ - 1);
  return {mean, (covariance + covariance.t()) / 2, count_};
}

GaussianStats gaussian_stats(const at::Tensor& features) {
  FeatureStats stats(features.size(1));
  stats.add(features);
  return stats.finish();
}

double frechet_distance(const GaussianStats& a, const GaussianStats& b) {
  if (!finite(a) || !finite(b)) return std::numeric_limits<double>::quiet_NaN();
  double means = (a.mean - b.mean).square().sum().item<double>();
  double traces = a.covariance.trace().item<double>() + b.covariance.trace().item<double>();
  return std::max(0.0, means + traces - 2 * trace_of_root_product(a.covariance, b.covariance));
}

double fd_percent(const GaussianStats& generated, const GaussianStats& train) {
  return 100 * frechet_distance(generated, train) / train.covariance.trace().item<double>();
}

double fd_floor(const at::Tensor& train_features, const GaussianStats& train, int64_t count, uint64_t seed) {
  constexpr int kDraws = 5;
  count = std::min(count, train_features.size(0) - 1);
  at::Generator generator = at::detail::createCPUGenerator(seed);
  double sum = 0;
  for (int draw = 0; draw < kDraws; ++draw) {
    at::Tensor rows = at::randperm(train_features.size(0), generator, at::kLong).narrow(0, 0, count);
    sum += fd_percent(gaussian_stats(train_features.index_select(0, rows)), train);
  }
  return sum / kDraws;
}

char grade(double fd_percent, double calibration_test_fd) {
  constexpr double kReferenceTestFd = 0.15;
  constexpr std::array<std::pair<double, char>, 5> kLimits{
      {{0.35, 'S'}, {1, 'A'}, {3, 'B'}, {6, 'C'}, {15, 'D'}}};
  if (!std::isfinite(fd_percent)) return '-';
  double scale = calibration_test_fd > 0 ? calibration_test_fd / kReferenceTestFd : 1;
  for (auto [limit, letter] : kLimits)
    if (fd_percent <= limit * scale) return letter;
  return 'E';
}

}  // namespace lf::metrics
