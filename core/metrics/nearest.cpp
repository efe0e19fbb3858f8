#include "metrics/nearest.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "base/errors.h"

namespace lf::metrics {
namespace {

/// (n, D), images in [0, 1].
at::Tensor as_float(const at::Tensor& rows) {
  const at::Tensor numbers = rows.detach().to(at::kFloat).flatten(1);
  return rows.scalar_type() == at::kByte ? numbers.div(255) : numbers;
}

}  // namespace

at::Tensor copy_ratio(const at::Tensor& first, const at::Tensor& second) {
  return at::where(second > 0, first / second, at::ones_like(first));
}

NearestSearch::NearestSearch(const at::Tensor& queries, const at::Tensor& rows, int64_t k)
    : queries_(as_float(queries)), rows_(rows.flatten(1)) {
  if (queries_.size(0) < 1 || k < 1 || k > rows_.size(0)) {
    throw InputError("cannot search for the " + std::to_string(k) + " nearest of " +
                     std::to_string(rows_.size(0)) + " training rows for " +
                     std::to_string(queries_.size(0)) + " queries; there must be 1 or more of each");
  }
  if (queries_.size(1) != rows_.size(1)) {
    throw InputError("cannot compare queries of " + std::to_string(queries_.size(1)) +
                     " numbers with training rows of " + std::to_string(rows_.size(1)));
  }
  query_norms_ = queries_.square().sum(1, true);
  best_ = at::full({queries_.size(0), k}, std::numeric_limits<float>::infinity());
  best_index_ = at::zeros({queries_.size(0), k}, at::kLong);
}

bool NearestSearch::advance() {
  const int64_t count = std::min(kBlock, rows_.size(0) - next_);
  if (count <= 0) return false;
  const at::Tensor block = as_float(rows_.narrow(0, next_, count));
  at::Tensor squares = at::addmm(block.square().sum(1) + query_norms_, queries_, block.t(), 1, -2);
  // Merges the best k so far with the best k of this block.
  const int64_t k = best_.size(1);
  auto [near, near_index] = squares.clamp_min_(0).topk(std::min(k, count), 1, /*largest=*/false);
  const at::Tensor all = at::cat({best_, near}, 1), all_index = at::cat({best_index_, near_index + next_}, 1);
  auto [kept, position] = all.topk(k, 1, /*largest=*/false);
  best_ = kept;
  best_index_ = all_index.gather(1, position);
  next_ += count;
  return next_ < rows_.size(0);
}

NearestRows NearestSearch::finish() const {
  // |a-b|^2 from norms and products is inexact near 0, where copies are: the nearest rows are
  // measured again.
  std::vector<at::Tensor> measured;
  for (int64_t rank = 0; rank < best_.size(1); ++rank) {
    const at::Tensor rows = as_float(rows_.index_select(0, best_index_.select(1, rank)));
    const at::Tensor distance = (rows - queries_).square().sum(1).sqrt();
    measured.push_back(at::where(best_.select(1, rank).isinf(), best_.select(1, rank), distance));
  }
  auto [distance, order] =
      at::stack(measured, 1).sort(/*stable=*/std::optional<bool>(true), 1, /*descending=*/false);
  return {distance, best_index_.gather(1, order)};
}

}  // namespace lf::metrics
