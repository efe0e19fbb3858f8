// Ruled and squared paper: long thin lines are found by votes and erased where nothing crosses
// them.
#include <algorithm>
#include <cmath>

#include "files/digit/ink_marks.h"

namespace lf::files {
namespace {

constexpr double kSteepest = 0.1;    ///< slope of a line that is meant to be level
constexpr double kAcross = 0.6;      ///< the share of the sheet's width that a line covers
constexpr double kThickest = 0.022;  ///< of the shorter side
constexpr size_t kMostLines = 200;

/// y = top + rise * x / (width - 1).
struct Line {
  double top, rise;
  int thickness = 1;
  double at(int x, int width) const { return top + rise * x / std::max(1, width - 1); }
};

/// Votes of the mask's pixels for lines: one row for each slope, one column for each height at the
/// left.
class Votes {
 public:
  Votes(const Mask& mask, int width, int height)
      : width_(width), height_(height), most_rise_(int(kSteepest * width) + 1) {
    step_ = std::max(1, (2 * most_rise_ + 1) / 160);
    rises_ = 2 * (most_rise_ / step_) + 1;
    tops_ = height + 2 * most_rise_ + 2;
    counts_.assign(size_t(rises_) * size_t(tops_), 0);
    for (int y = 0; y < height; ++y) {
      for (int x = 0; x < width; ++x) {
        if (mask[size_t(y) * size_t(width) + size_t(x)]) vote(x, y);
      }
    }
  }

  /// The line with the most votes, which are then cleared; false if none is long enough.
  bool take(Line& line) {
    const auto best = std::max_element(counts_.begin(), counts_.end());
    if (*best < kAcross * width_) return false;
    const auto at = size_t(best - counts_.begin());
    line = {double(at % size_t(tops_)) - most_rise_, double(rise_of(int(at / size_t(tops_))))};
    silence(line);
    return true;
  }

 private:
  int rise_of(int row) const { return (row - rises_ / 2) * step_; }

  void vote(int x, int y) {
    for (int r = 0; r < rises_; ++r) {
      const double top = y - double(rise_of(r)) * x / std::max(1, width_ - 1);
      const int column = int(std::lround(top)) + most_rise_;
      if (column >= 0 && column < tops_) ++counts_[size_t(r) * size_t(tops_) + size_t(column)];
    }
  }

  /// Lines that are close to this one at both ends, or cross it at a tiny angle.
  void silence(const Line& line) {
    const double near = std::max(3.0, 0.012 * height_);
    for (int r = 0; r < rises_; ++r) {
      for (int t = 0; t < tops_; ++t) {
        const double left = t - most_rise_ - line.top, right = left + rise_of(r) - line.rise;
        if (std::min(std::fabs(left), std::fabs(right)) <= near || left * right < 0)
          counts_[size_t(r) * size_t(tops_) + size_t(t)] = 0;
      }
    }
  }

  int width_, height_, most_rise_, step_, rises_, tops_;
  std::vector<int> counts_;
};

/// The mask's run through or next to (x, y) in its column, as [first, end); empty if there is none.
std::pair<int, int> run_at(const Mask& mask, int width, int height, int x, int y, int reach) {
  const auto on = [&](int v) {
    return v >= 0 && v < height && mask[size_t(v) * size_t(width) + size_t(x)] != 0;
  };
  for (int away = 0; away <= reach; ++away) {
    for (const int middle : {y - away, y + away}) {
      if (!on(middle)) continue;
      int first = middle, end = middle + 1;
      while (on(first - 1)) --first;
      while (on(end)) ++end;
      return {first, end};
    }
  }
  return {0, 0};
}

/// The thickness of a line where nothing crosses it; 0 if it is no line: too thick, or mostly
/// absent.
int thickness_of(const Line& line, const Mask& mask, int width, int height) {
  std::vector<float> runs;
  for (int x = 0; x < width; ++x) {
    const auto run = run_at(mask, width, height, x, int(std::lround(line.at(x, width))), 2);
    if (run.second > run.first) runs.push_back(float(run.second - run.first));
  }
  if (double(runs.size()) < kAcross * width) return 0;
  const float usual = quantile(std::move(runs), 0.4);
  return usual <= std::max(3.0, kThickest * std::min(width, height)) ? int(usual) : 0;
}

void erase(const Line& line, Mask& mask, int width, int height) {
  const int crossing = 2 * line.thickness + 1;  // longer runs belong to a crossing stroke
  for (int x = 0; x < width; ++x) {
    const int y = int(std::lround(line.at(x, width)));
    const auto run = run_at(mask, width, height, x, y, 2 + line.thickness / 2);
    if (run.second - run.first > crossing) continue;
    for (int v = run.first; v < run.second; ++v) mask[size_t(v) * size_t(width) + size_t(x)] = 0;
  }
}

/// Dotted and interrupted lines are lines: gaps of a hundredth of the width are closed.
Mask closed_along(const Mask& mask, int width, int height) {
  const int gap = std::max(1, width / 100);
  Mask out(mask);
  for (int y = 0; y < height; ++y) {
    uint8_t* row = out.data() + size_t(y) * size_t(width);
    for (int x = 0, last = -gap - 2; x < width; ++x) {
      if (!mask[size_t(y) * size_t(width) + size_t(x)]) continue;
      if (x - last <= gap + 1) std::fill(row + std::max(0, last), row + x, uint8_t(1));
      last = x;
    }
  }
  return out;
}

std::vector<Line> level_lines(const Mask& mask, int width, int height) {
  const Mask closed = closed_along(mask, width, height);
  Votes votes(closed, width, height);
  std::vector<Line> lines;
  Line line{};
  for (size_t tries = 0; tries < kMostLines && votes.take(line); ++tries) {
    line.thickness = thickness_of(line, closed, width, height);
    if (line.thickness > 0) lines.push_back(line);
  }
  return lines;
}

/// The mean stroke width of a mask.
double stroke_width(const Mask& mask, int width, int height) {
  const auto on = [&](int x, int y) {
    return x >= 0 && y >= 0 && x < width && y < height && mask[size_t(y) * size_t(width) + size_t(x)];
  };
  double area = 0, edge = 1;
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      if (!on(x, y)) continue;
      ++area;
      edge += !on(x - 1, y) || !on(x + 1, y) || !on(x, y - 1) || !on(x, y + 1);
    }
  }
  return 2 * area / edge;
}

/// A single line may be the bar of a seven that fills its image, and two at its edges may be those
/// of a two. They are ruling only if they are much thinner than the rest.
bool is_ruling(const std::vector<Line>& lines, Mask mask, int width, int height) {
  if (lines.empty() || lines.size() > 2) return !lines.empty();
  int thickest = 0;
  for (const Line& line : lines) {
    thickest = std::max(thickest, line.thickness);
    erase(line, mask, width, height);
  }
  if (2 * thickest <= stroke_width(mask, width, height)) return true;
  if (lines.size() == 1) return false;
  constexpr double kEdge = 0.06;
  const auto at_edge = [&](const Line& line) {
    const double middle = line.top + line.rise / 2;
    return middle < kEdge * height || middle > (1 - kEdge) * height;
  };
  return !(at_edge(lines[0]) && at_edge(lines[1]));
}

}  // namespace

int remove_ruling(Mask& mask, int width, int height) {
  Mask turned = transposed(mask, width, height);
  auto level = level_lines(mask, width, height), upright = level_lines(turned, height, width);
  const bool squared = level.size() + upright.size() > 2 && !level.empty() && !upright.empty();
  if (!squared && !is_ruling(level, mask, width, height)) level.clear();
  if (!squared && !is_ruling(upright, turned, height, width)) upright.clear();
  for (const Line& line : level) erase(line, mask, width, height);
  turned = transposed(mask, width, height);
  for (const Line& line : upright) erase(line, turned, height, width);
  mask = transposed(turned, height, width);
  return int(level.size() + upright.size());
}

}  // namespace lf::files
