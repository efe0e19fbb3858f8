// The flow-matching loss of each sample, and as a function of time.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <vector>

namespace lf::flow {

/// Mean of `(v - target)^2` over the elements of each sample: (B). v, target: (B, ...).
at::Tensor loss_per_sample(const at::Tensor& v, const at::Tensor& target);

/// Running loss in K equal bins of t: bin k holds t in [k/K, (k+1)/K), the last one also t = 1.
struct LossByTime {
  std::vector<double> mean;    ///< running mean of the loss; 0 where count is 0
  std::vector<int64_t> count;  ///< samples seen so far
};

/// K empty bins. InputError when bins < 1.
LossByTime loss_by_time(int64_t bins);

/// Adds a batch. Every sample moves the mean of its bin by `max(rate, 1/count)` of the difference:
/// a bin is the plain mean of its first 1/rate samples and forgets exponentially afterwards. t,
/// per_sample: (B), any device; rate in (0, 1].
void accumulate(LossByTime& bins, const at::Tensor& t, const at::Tensor& per_sample, double rate = 0.002);

}  // namespace lf::flow
