#include "flow/loss.h"

#include <ATen/ATen.h>

#include <algorithm>

#include "base/errors.h"

namespace lf::flow {

at::Tensor loss_per_sample(const at::Tensor& v, const at::Tensor& target) {
  return (v - target).square().flatten(1).mean(1);
}

LossByTime loss_by_time(int64_t bins) {
  if (bins < 1)
    throw InputError("cannot keep the loss in " + std::to_string(bins) + " bins of t; use 1 or more");
  return {std::vector<double>(bins, 0.0), std::vector<int64_t>(bins, 0)};
}

void accumulate(LossByTime& bins, const at::Tensor& t, const at::Tensor& per_sample, double rate) {
  const at::Tensor times = t.detach().to(at::kCPU, at::kDouble).contiguous();
  const at::Tensor losses = per_sample.detach().to(at::kCPU, at::kDouble).contiguous();
  const int64_t last = static_cast<int64_t>(bins.mean.size()) - 1;
  for (int64_t i = 0; i < times.numel(); ++i) {
    const auto bin = static_cast<int64_t>(times.data_ptr<double>()[i] * (last + 1));
    const size_t k = std::clamp<int64_t>(bin, 0, last);
    const double weight = std::max(rate, 1.0 / ++bins.count[k]);
    bins.mean[k] += weight * (losses.data_ptr<double>()[i] - bins.mean[k]);
  }
}

}  // namespace lf::flow
