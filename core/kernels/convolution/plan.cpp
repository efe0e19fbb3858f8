#include "kernels/convolution/plan.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace lf::kernels {
namespace {

/// Along one axis: the other side's index, and the kernel's taps between them, as a set of bits.
struct AxisTap {
  int64_t index;
  uint32_t taps;
};
using Axis = std::vector<std::vector<AxisTap>>;  ///< of every output (or, backward, of every input)

Axis axis_of(const ConvGeometry& g) {
  Axis axis(static_cast<size_t>(g.outputs));
  for (int64_t o = 0; o < g.outputs; ++o) {
    std::map<int64_t, uint32_t> met;
    for (int64_t k = 0; k < g.kernel; ++k) {
      const int64_t at = o * g.stride + k - g.kernel / 2;
      if (at >= 0 && at < g.enlarged) met[at * g.inputs / g.enlarged] |= uint32_t{1} << k;
    }
    for (const auto& [index, taps] : met) axis[static_cast<size_t>(o)].push_back({index, taps});
  }
  return axis;
}

Axis reversed(const Axis& axis, int64_t inputs) {
  Axis reverse(static_cast<size_t>(inputs));
  for (size_t o = 0; o < axis.size(); ++o) {
    for (const AxisTap& tap : axis[o])
      reverse[static_cast<size_t>(tap.index)].push_back({static_cast<int64_t>(o), tap.taps});
  }
  return reverse;
}

int64_t base_of(const std::vector<AxisTap>& taps) { return taps.empty() ? 0 : taps.front().index; }

/// Outputs of an axis that differ only in their position.
std::vector<std::vector<int64_t>> alike(const Axis& axis) {
  std::map<std::vector<std::pair<int64_t, uint32_t>>, std::vector<int64_t>> kinds;
  for (size_t o = 0; o < axis.size(); ++o) {
    std::vector<std::pair<int64_t, uint32_t>> kind;
    for (const AxisTap& tap : axis[o]) kind.emplace_back(tap.index - base_of(axis[o]), tap.taps);
    kinds[kind].push_back(static_cast<int64_t>(o));
  }
  std::vector<std::vector<int64_t>> groups;
  for (auto& kind : kinds) groups.push_back(std::move(kind.second));
  return groups;
}

/// Numbers the distinct sums of taps.
class MatrixNumbers {
 public:
  explicit MatrixNumbers(const Axis& axis) {
    for (const auto& taps : axis) {
      for (const AxisTap& tap : taps) sums_.insert(tap.taps);
    }
  }
  int64_t of(uint32_t vertical, uint32_t horizontal) const {
    return rank(vertical) * static_cast<int64_t>(sums_.size()) + rank(horizontal);
  }
  std::vector<TapSum> matrices(int64_t kernel) const {
    std::vector<TapSum> all;
    for (const uint32_t vertical : sums_) {
      for (const uint32_t horizontal : sums_) {
        TapSum sum;
        for (int64_t tap = 0; tap < kernel * kernel; ++tap) {
          if ((vertical >> (tap / kernel) & 1) && (horizontal >> (tap % kernel) & 1)) sum.push_back(tap);
        }
        all.push_back(std::move(sum));
      }
    }
    return all;
  }

 private:
  int64_t rank(uint32_t taps) const { return std::distance(sums_.begin(), sums_.find(taps)); }

  std::set<uint32_t> sums_;
};

ConvPhase phase_of(const Axis& axis, int64_t inputs, const std::vector<int64_t>& rows,
                   const std::vector<int64_t>& columns, const MatrixNumbers& numbers) {
  const auto of = [&](int64_t output) -> const std::vector<AxisTap>& {
    return axis[static_cast<size_t>(output)];
  };
  const auto outputs = static_cast<int64_t>(axis.size());
  ConvPhase phase;
  for (const AxisTap& y : of(rows[0])) {
    for (const AxisTap& x : of(columns[0])) {
      const int64_t down = y.index - base_of(of(rows[0])), right = x.index - base_of(of(columns[0]));
      phase.taps.push_back({down * inputs + right, numbers.of(y.taps, x.taps)});
    }
  }
  for (const int64_t y : rows) {
    for (const int64_t x : columns)
      phase.places.push_back({base_of(of(y)) * inputs + base_of(of(x)), y * outputs + x});
  }
  return phase;
}

ConvDirection direction_of(const Axis& axis, int64_t inputs, const MatrixNumbers& numbers) {
  const auto outputs = static_cast<int64_t>(axis.size());
  ConvDirection direction{inputs * inputs, outputs * outputs, {}};
  const auto groups = alike(axis);
  for (const auto& rows : groups) {
    for (const auto& columns : groups)
      direction.phases.push_back(phase_of(axis, inputs, rows, columns, numbers));
  }
  return direction;
}

ConvDirection grouped_by_matrix(const ConvDirection& direction, size_t matrices) {
  ConvDirection grouped{direction.inputs, direction.outputs, std::vector<ConvPhase>(matrices)};
  for (size_t m = 0; m < matrices; ++m) grouped.phases[m].taps.push_back({0, static_cast<int64_t>(m)});
  for (const ConvPhase& phase : direction.phases) {
    for (const ConvTap& tap : phase.taps) {
      auto& places = grouped.phases[static_cast<size_t>(tap.matrix)].places;
      for (const ConvPlace& place : phase.places) places.push_back({place.input + tap.offset, place.output});
    }
  }
  return grouped;
}

}  // namespace

ConvPlan::ConvPlan(const ConvGeometry& geometry) : kernel(geometry.kernel) {
  const Axis axis = axis_of(geometry);
  const MatrixNumbers numbers(axis);
  matrices = numbers.matrices(kernel);
  forward = direction_of(axis, geometry.inputs, numbers);
  by_matrix = grouped_by_matrix(forward, matrices.size());
  backward = direction_of(reversed(axis, geometry.inputs), geometry.outputs, numbers);
}

}  // namespace lf::kernels
