#include "jobs/tensor_numbers.h"

#include <algorithm>
#include <cmath>

namespace lf::jobs {
namespace {

constexpr int64_t kNumbersAtOnce = 1 << 22;  // numbers looked at together

/// Count, mean and sum of squared differences from it, of two halves together (Chan, Golub & LeVeque 1983).
struct RunningMoments {
  double count = 0, mean = 0, squares = 0;

  void add(const RunningMoments& other) {
    const double all = count + other.count, difference = other.mean - mean;
    if (all == 0) return;
    squares += other.squares + difference * difference * count * other.count / all;
    mean += difference * other.count / all;
    count = all;
  }
};

}  // namespace

TensorNumbers numbers_of(const at::Tensor& value) {
  TensorNumbers result;
  if (value.is_complex()) return result;
  RunningMoments moments;
  const at::Tensor flat = value.reshape({-1});
  for (int64_t at = 0; at < flat.numel(); at += kNumbersAtOnce) {
    const at::Tensor block = flat.narrow(0, at, std::min(kNumbersAtOnce, flat.numel() - at)).to(at::kDouble);
    const double mean = block.mean().item<double>();
    moments.add({static_cast<double>(block.numel()), mean, (block - mean).square().sum().item<double>()});
    result.not_finite += block.numel() - at::isfinite(block).sum().item<int64_t>();
  }
  result.known = true;
  result.mean = moments.mean;
  result.deviation = moments.count > 1 ? std::sqrt(moments.squares / (moments.count - 1)) : 0;
  return result;
}

}  // namespace lf::jobs
