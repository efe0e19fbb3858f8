#include "metrics/memorisation.h"

#include <ATen/ATen.h>

#include <cmath>
#include <limits>

#include "base/classes.h"
#include "base/errors.h"
#include "base/image_shape.h"
#include "metrics/image_bytes.h"

namespace lf::metrics {
namespace {

double median_or_nan(const at::Tensor& values) {
  return values.numel() ? values.median().item<double>() : std::numeric_limits<double>::quiet_NaN();
}

double share_below(const at::Tensor& values, double limit) {
  if (values.numel() == 0) return std::numeric_limits<double>::quiet_NaN();
  return values.lt(limit).to(at::kDouble).mean().item<double>();
}

// Exceeds the 1 % of real digits by three standard errors of a share from n samples.
bool is_alarming(double share, int64_t n) { return share > 0.01 + 3 * std::sqrt(0.01 * 0.99 / n); }

const at::Tensor& checked(const at::Tensor& train) {
  if (train.size(0) < 2) throw InputError("cannot search for copies: fewer than 2 training images");
  return train;
}

}  // namespace

at::Tensor Neighbours::ratio() const { return copy_ratio(first, second); }

NeighbourSearch::NeighbourSearch(const at::Tensor& queries, const at::Tensor& train)
    : search_(to_unit(queries), checked(train).reshape({-1, kDigitPixels}), 2) {}

Neighbours NeighbourSearch::finish() const {
  const NearestRows found = search_.finish();
  return {found.distance.select(1, 0), found.distance.select(1, 1), found.index.select(1, 0)};
}

Memorisation judge_memorisation(const Neighbours& samples, const at::Tensor& labels, const Neighbours& real) {
  at::Tensor ratios = samples.ratio(), real_ratios = real.ratio();
  Memorisation verdict;
  verdict.threshold = real_ratios.quantile(0.01).item<double>();
  verdict.share_below = share_below(ratios, verdict.threshold);
  verdict.median_ratio = median_or_nan(ratios);
  verdict.median_real = median_or_nan(real_ratios);
  verdict.alarm = is_alarming(verdict.share_below, ratios.numel());
  for (int digit = 0; digit < kClasses; ++digit) {
    at::Tensor own = ratios.masked_select(labels == digit);
    verdict.digit_ratio[digit] = median_or_nan(own);
    verdict.digit_share[digit] = share_below(own, verdict.threshold);
  }
  return verdict;
}

}  // namespace lf::metrics
