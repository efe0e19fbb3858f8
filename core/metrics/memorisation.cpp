#include "metrics/memorisation.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "messages/errors.h"
#include "metrics/image_bytes.h"

namespace lf {
namespace {

double median_or_nan(const at::Tensor& values) {
  return values.numel() ? values.median().item<double>() : std::numeric_limits<double>::quiet_NaN();
}

double share_below(const at::Tensor& values, double limit) {
  if (values.numel() == 0) return std::numeric_limits<double>::quiet_NaN();
  return values.lt(limit).to(at::kDouble).mean().item<double>();
}

// More than the 1 % that real digits have, by three standard errors of a share from n samples.
bool is_alarming(double share, int64_t n) { return share > 0.01 + 3 * std::sqrt(0.01 * 0.99 / n); }

}  // namespace

at::Tensor Neighbours::ratio() const { return at::where(second > 0, first / second, at::ones_like(first)); }

NeighbourSearch::NeighbourSearch(const at::Tensor& queries, const at::Tensor& train)
    : queries_(to_unit(queries).flatten(1)), train_(train.reshape({-1, 784})) {
  if (train_.size(0) < 2) throw InputError("cannot search for copies: fewer than 2 training images");
  query_norms_ = queries_.square().sum(1, true);
  best_ = at::full({queries_.size(0), 2}, std::numeric_limits<float>::infinity());
  best_index_ = at::zeros({queries_.size(0), 2}, at::kLong);
}

bool NeighbourSearch::advance() {
  int64_t count = std::min(kBlock, train_.size(0) - next_);
  if (count <= 0) return false;
  at::Tensor block = to_unit(train_.narrow(0, next_, count)).flatten(1);
  at::Tensor distances = at::addmm(block.square().sum(1) + query_norms_, queries_, block.t(), 1, -2);
  // The best two so far compete with the best two of this block.
  auto [near, near_index] = distances.clamp_min_(0).topk(std::min<int64_t>(2, count), 1, /*largest=*/false);
  at::Tensor all = at::cat({best_, near}, 1), all_index = at::cat({best_index_, near_index + next_}, 1);
  auto [kept, position] = all.topk(2, 1, /*largest=*/false);
  best_ = kept;
  best_index_ = all_index.gather(1, position);
  next_ += count;
  return next_ < train_.size(0);
}

double NeighbourSearch::progress() const { return double(next_) / train_.size(0); }

Neighbours NeighbourSearch::finish() const {
  // |a-b|² from norms and products is inexact near 0, where copies are: the winners are measured again.
  auto distance = [&](int64_t rank) {
    at::Tensor rows = train_.index_select(0, best_index_.select(1, rank));
    return (to_unit(rows).flatten(1) - queries_).square().sum(1).sqrt();
  };
  at::Tensor a = distance(0), b = distance(1);
  at::Tensor index = at::where(a <= b, best_index_.select(1, 0), best_index_.select(1, 1));
  return {at::minimum(a, b), at::maximum(a, b), index};
}

Memorisation judge_memorisation(const Neighbours& samples, const at::Tensor& labels, const Neighbours& real) {
  at::Tensor ratios = samples.ratio(), real_ratios = real.ratio();
  Memorisation verdict;
  verdict.threshold = real_ratios.quantile(0.01).item<double>();
  verdict.share_below = share_below(ratios, verdict.threshold);
  verdict.median_ratio = median_or_nan(ratios);
  verdict.median_real = median_or_nan(real_ratios);
  verdict.alarm = is_alarming(verdict.share_below, ratios.numel());
  for (int digit = 0; digit < 10; ++digit) {
    at::Tensor own = ratios.masked_select(labels == digit);
    verdict.digit_ratio[digit] = median_or_nan(own);
    verdict.digit_share[digit] = share_below(own, verdict.threshold);
  }
  return verdict;
}

}  // namespace lf
