#include "files/digit/ink_marks.h"

#include <algorithm>
#include <cstdlib>

namespace lf::files {
namespace {

constexpr double kNearEdge = 0.12;  ///< of the shorter side
constexpr double kGap = 0.004;      ///< of the longer side: longest interruption of a faint line

/// Numbers the connected parts of a mask, starting at 1.
std::vector<int32_t> label_parts(const Mask& mask, int width, int height, int& count) {
  std::vector<int32_t> labels(mask.size(), 0);
  std::vector<size_t> open;
  count = 0;
  for (size_t start = 0; start < mask.size(); ++start) {
    if (!mask[start] || labels[start]) continue;
    labels[start] = ++count;
    open.push_back(start);
    while (!open.empty()) {
      const size_t at = open.back();
      open.pop_back();
      const int x = int(at % size_t(width)), y = int(at / size_t(width));
      for (int v = std::max(0, y - 1); v <= std::min(height - 1, y + 1); ++v) {
        for (int u = std::max(0, x - 1); u <= std::min(width - 1, x + 1); ++u) {
          const size_t next = size_t(v) * size_t(width) + size_t(u);
          if (!mask[next] || labels[next]) continue;
          labels[next] = count;
          open.push_back(next);
        }
      }
    }
  }
  return labels;
}

/// Squared distance of each pixel from the end of the sheet.
std::vector<float> edge_distances(const Mask& valid, int width, int height) {
  Mask outside(valid.size());
  for (size_t i = 0; i < valid.size(); ++i) outside[i] = !valid[i];
  auto distances = squared_distances(outside, width, height);
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      const auto border = float(std::min({x + 1, y + 1, width - x, height - y}));
      float& distance = distances[size_t(y) * size_t(width) + size_t(x)];
      distance = std::min(distance, border * border);
    }
  }
  return distances;
}

void add_pixel(InkMark& mark, int x, int y, float ink) {
  if (mark.pixels++ == 0) {
    mark.left = x, mark.right = x + 1;
    mark.top = y, mark.bottom = y + 1;
  }
  mark.left = std::min(mark.left, x), mark.right = std::max(mark.right, x + 1);
  mark.top = std::min(mark.top, y), mark.bottom = std::max(mark.bottom, y + 1);
  mark.ink += ink;
  mark.strongest = std::max(mark.strongest, ink);
}

/// A dark band along an edge of the sheet, or a frame: nearly all of it is there.
bool is_band(const InkMark& mark, int shorter) {
  return double(mark.at_edge) >= 0.8 * shorter && double(mark.near_edge) >= 0.9 * double(mark.pixels);
}

int gap_between(int low1, int high1, int low2, int high2) {
  return std::max({0, low2 - high1, low1 - high2});
}

/// A detached stroke of the same digit is near, and no other digit is beside it.
bool belongs_to(const InkMark& part, const InkMark& main) {
  constexpr double kNear = 0.2, kSpeck = 0.03, kOwnDigit = 0.55, kSlip = 0.08;
  if (double(part.pixels) < kSpeck * double(main.pixels)) return false;
  const int beside = gap_between(part.left, part.right, main.left, main.right);
  const int above = gap_between(part.top, part.bottom, main.top, main.bottom);
  if (std::max(beside, above) > kNear * main.side()) return false;
  // Strokes that should touch are separated by small gaps; another digit is further away.
  return std::max(beside, above) < kSlip * main.side() || part.height() < kOwnDigit * main.height();
}

/// The mark with the most ink among those that `may` be it.
template <class May>
const InkMark* most_ink(const InkMarks& marks, May may) {
  const InkMark* best = nullptr;
  for (const InkMark& mark : marks.list) {
    if (may(mark) && (!best || mark.ink > best->ink)) best = &mark;
  }
  return best;
}

}  // namespace

InkMarks find_marks(const Mask& mask, const Plane& ink, const Mask& valid) {
  InkMarks marks{ink.width, ink.height, {}, {}};
  const double gap = std::max(1.0, kGap * std::max(ink.width, ink.height));
  int count = 0;
  marks.labels = label_parts(grown(mask, ink.width, ink.height, gap), ink.width, ink.height, count);
  marks.list.resize(size_t(count));
  const auto edge = edge_distances(valid, ink.width, ink.height);
  const auto near = float(kNearEdge * std::min(ink.width, ink.height));
  for (size_t i = 0; i < mask.size(); ++i) {
    if (!mask[i]) {
      marks.labels[i] = 0;
      continue;
    }
    InkMark& mark = marks.list[size_t(marks.labels[i]) - 1];
    add_pixel(mark, int(i % size_t(ink.width)), int(i / size_t(ink.width)), ink.values[i]);
    mark.at_edge += edge[i] <= 1;
    mark.near_edge += edge[i] <= near * near;
  }
  return marks;
}

InkChoice choose_digit(const InkMarks& marks) {
  constexpr double kSmallest = 0.03, kEvident = 0.08;  // of the longer side
  const int shorter = std::min(marks.width, marks.height), longer = std::max(marks.width, marks.height);
  const auto speck = [&](const InkMark& mark) { return mark.side() < std::max(4.0, kSmallest * longer); };
  const auto inner = [&](const InkMark& mark) { return !speck(mark) && mark.at_edge == 0; };
  const auto outer = [&](const InkMark& mark) {
    return !speck(mark) && mark.at_edge > 0 && !is_band(mark, shorter);
  };
  const InkMark *within = most_ink(marks, inner), *across = most_ink(marks, outer);
  // A mark that crosses the edge is a digit only if no mark of its size is inside.
  const bool evident = within && within->side() >= kEvident * longer &&
                       (!across || within->side() >= across->side() / 4 || is_band(*across, shorter));
  const InkMark* main = evident || !across || (within && within->ink > across->ink) ? within : across;
  InkChoice choice;
  for (size_t i = 0; i < marks.list.size(); ++i) {
    const InkMark& mark = marks.list[i];
    const bool fits = main && (main == across || mark.at_edge == 0) && !is_band(mark, shorter);
    if (&mark == main || (fits && belongs_to(mark, *main)))
      choice.digit.push_back(i);
    else if (speck(mark) || is_band(mark, shorter) || (evident && mark.at_edge > 0))
      choice.dirt.push_back(i);
  }
  return choice;
}

}  // namespace lf::files
