#include "flow/assignment.h"

#include <ATen/ATen.h>

#include <limits>
#include <utility>

#include "base/errors.h"

namespace lf::flow {
namespace {

constexpr int64_t kNone = -1;

/// Rows enter one at a time. Dual prices keep every reduced cost `cost - row_price - column_price`
/// at zero or above, and at zero on matched pairs. The cheapest rearrangement of the matching is
/// then a shortest path.
class Matching {
 public:
  Matching(const double* cost, int64_t size)
      : cost_(cost),
        size_(size),
        row_price_(size, 0),
        column_price_(size, 0),
        column_of_(size, kNone),
        row_of_(size, kNone),
        distance_(size),
        previous_row_(size),
        settled_(size) {}

  /// Matches this row too, and moves other rows where this is cheaper.
  void enter(int64_t row) {
    const int64_t free_column = shortest_path(row);
    move_prices(row, distance_[free_column]);
    rearrange(row, free_column);
  }

  const std::vector<int64_t>& columns() const { return column_of_; }

 private:
  /// Dijkstra from `row` to the nearest column without a row; fills distance_ and previous_row_.
  int64_t shortest_path(int64_t row) {
    distance_.assign(size_, std::numeric_limits<double>::infinity());
    settled_.assign(size_, 0);
    double reached = 0;
    while (true) {
      const int64_t column = relax(row, reached);
      settled_[column] = 1;
      if (row_of_[column] == kNone) return column;
      reached = distance_[column];
      row = row_of_[column];
    }
  }

  /// Relaxes the edges through `row`, which is at distance `reached`. Returns the nearest unsettled
  /// column.
  int64_t relax(int64_t row, double reached) {
    const double* costs = cost_ + row * size_;
    const double offset = reached - row_price_[row];
    int64_t nearest = kNone;
    for (int64_t column = 0; column < size_; ++column) {
      if (settled_[column]) continue;
      const double way = offset + costs[column] - column_price_[column];
      if (way < distance_[column]) {
        distance_[column] = way;
        previous_row_[column] = row;
      }
      if (nearest == kNone || distance_[column] < distance_[nearest]) nearest = column;
    }
    return nearest;
  }

  /// Updates the prices, so that reduced costs stay valid for the next matching.
  void move_prices(int64_t entered, double length) {
    row_price_[entered] += length;
    for (int64_t column = 0; column < size_; ++column) {
      if (!settled_[column] || row_of_[column] == kNone) continue;
      const double change = length - distance_[column];
      row_price_[row_of_[column]] += change;
      column_price_[column] -= change;
    }
  }

  /// Walks the path back: each row on it takes the following column.
  void rearrange(int64_t entered, int64_t column) {
    while (true) {
      const int64_t row = previous_row_[column];
      row_of_[column] = row;
      std::swap(column_of_[row], column);
      if (row == entered) return;
    }
  }

  const double* cost_;
  int64_t size_;
  std::vector<double> row_price_, column_price_;
  std::vector<int64_t> column_of_, row_of_;  // kNone: not matched
  std::vector<double> distance_;             // of each column on the shortest path tree
  std::vector<int64_t> previous_row_;        // before each column on it
  std::vector<char> settled_;
};

}  // namespace

std::vector<int64_t> cheapest_assignment(const at::Tensor& cost) {
  if (cost.dim() != 2 || cost.size(0) != cost.size(1))
    throw InputError("an assignment needs a square table of costs");
  const at::Tensor table = cost.detach().to(at::kCPU, at::kDouble).contiguous();
  if (!table.isfinite().all().item<bool>()) throw InputError("an assignment needs finite costs");
  Matching matching(table.const_data_ptr<double>(), table.size(0));
  for (int64_t row = 0; row < table.size(0); ++row) matching.enter(row);
  return matching.columns();
}

}  // namespace lf::flow
