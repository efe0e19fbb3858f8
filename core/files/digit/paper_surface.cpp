// The brightness of paper under uneven light: a polynomial that fits the majority of the image.
#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include "files/digit/paper.h"

namespace lf::files {
namespace {

constexpr int kTerms = 6;  // 1, x, y, x², xy, y²
constexpr int kSurfaceCells = 48;
using Surface = std::array<double, kTerms>;

struct Cell {
  Surface terms;
  double value, x, y;  ///< position from -1 to 1
};

Surface terms_at(double x, double y) { return {1, x, y, x * x, x * y, y * y}; }

double height_at(const Surface& surface, const Surface& terms) {
  double sum = 0;
  for (size_t i = 0; i < kTerms; ++i) sum += surface[i] * terms[i];
  return sum;
}

double place(int i, int n) { return n > 1 ? 2.0 * i / (n - 1) - 1 : 0; }

/// Means over some thousand squares that are mostly valid.
std::vector<Cell> cells_of(const Plane& channel, const Mask& valid) {
  const int step = std::max(1, std::max(channel.width, channel.height) / kSurfaceCells);
  std::vector<Cell> cells;
  for (int top = 0; top < channel.height; top += step) {
    for (int left = 0; left < channel.width; left += step) {
      const int bottom = std::min(top + step, channel.height), right = std::min(left + step, channel.width);
      double sum = 0, count = 0;
      for (int y = top; y < bottom; ++y) {
        for (int x = left; x < right; ++x) {
          if (!valid[size_t(y) * size_t(channel.width) + size_t(x)]) continue;
          sum += channel.at(x, y), ++count;
        }
      }
      if (2 * count < (bottom - top) * (right - left)) continue;
      const double x = place((left + right) / 2, channel.width),
                   y = place((top + bottom) / 2, channel.height);
      cells.push_back({terms_at(x, y), sum / count, x, y});
    }
  }
  return cells;
}

/// Solves the first n of kTerms equations; irrelevant terms become 0.
Surface solve(std::array<std::array<double, kTerms + 1>, kTerms> m, size_t n) {
  Surface result{};
  for (size_t i = 0; i < n; ++i) {
    size_t pivot = i;
    for (size_t row = i + 1; row < n; ++row) {
      if (std::fabs(m[row][i]) > std::fabs(m[pivot][i])) pivot = row;
    }
    std::swap(m[i], m[pivot]);
    if (std::fabs(m[i][i]) < 1e-9) continue;
    for (size_t row = 0; row < n; ++row) {
      if (row == i) continue;
      const double factor = m[row][i] / m[i][i];
      for (size_t c = i; c <= kTerms; ++c) m[row][c] -= factor * m[i][c];
    }
  }
  for (size_t i = 0; i < n; ++i) result[i] = std::fabs(m[i][i]) < 1e-9 ? 0 : m[i][kTerms] / m[i][i];
  return result;
}

/// Weighted least squares over the first n terms.
template <class Weight>
Surface fit(const std::vector<Cell>& cells, size_t n, Weight weight) {
  std::array<std::array<double, kTerms + 1>, kTerms> m{};
  for (const Cell& cell : cells) {
    const double w = weight(cell);
    for (size_t i = 0; w > 0 && i < n; ++i) {
      for (size_t j = 0; j < n; ++j) m[i][j] += w * cell.terms[i] * cell.terms[j];
      m[i][kTerms] += w * cell.terms[i] * cell.value;
    }
  }
  return solve(m, n);
}

/// Least absolute deviations over the cells away from the border, by reweighting: half of them may be ink.
Surface robust_fit(const std::vector<Cell>& cells, size_t n, double margin) {
  const auto inside = [&](const Cell& cell) {
    return std::max(std::fabs(cell.x), std::fabs(cell.y)) <= 1 - 2 * margin ? 1.0 : 0.0;
  };
  Surface surface = fit(cells, n, inside);
  for (int round = 0; round < 30; ++round) {
    const Surface before = surface;
    surface = fit(cells, n, [&](const Cell& cell) {
      return inside(cell) / std::max(1.0, std::fabs(cell.value - height_at(before, cell.terms)));
    });
  }
  return surface;
}

/// Away from the border, where a desk or a scanner's lid may be visible.
bool is_central(const Cell& cell) { return std::max(std::fabs(cell.x), std::fabs(cell.y)) <= 0.8; }

/// Largest distance from the surface among the nearer half of the central cells.
double misfit(const std::vector<Cell>& cells, const Surface& surface) {
  std::vector<float> away;
  for (const Cell& cell : cells) {
    if (is_central(cell)) away.push_back(float(std::fabs(cell.value - height_at(surface, cell.terms))));
  }
  return quantile(std::move(away), 0.5);
}

Surface constant_surface(const std::vector<Cell>& cells) {
  std::vector<float> central, all;
  for (const Cell& cell : cells) {
    all.push_back(float(cell.value));
    if (is_central(cell)) central.push_back(float(cell.value));
  }
  return {quantile(std::move(central.empty() ? all : central), 0.5)};
}

/// A second fit to the near cells, by least squares.
Surface refined(const std::vector<Cell>& cells, Surface surface, size_t n) {
  for (int round = 0; round < 3; ++round) {
    const double near = std::max(5.0, 3 * misfit(cells, surface));
    const Surface before = surface;
    surface = fit(cells, n, [&](const Cell& cell) {
      return std::fabs(cell.value - height_at(before, cell.terms)) < near ? 1.0 : 0.0;
    });
  }
  return surface;
}

/// A smooth surface that fits the majority clearly better than a constant; none if there is no such
/// surface. Some candidates ignore the border, where a scanner shows its lid.
std::optional<Surface> uneven_surface(const std::vector<Cell>& cells, const Surface& constant) {
  constexpr double kEven = 2.5;  // difference in greys that even paper may have
  double best = misfit(cells, constant);
  if (best <= kEven) return std::nullopt;
  std::optional<Surface> chosen;
  for (const size_t terms : {size_t(3), size_t(kTerms)}) {
    for (const double margin : {0.0, 0.08, 0.2}) {
      const Surface candidate = refined(cells, robust_fit(cells, terms, margin), terms);
      const double off = misfit(cells, candidate);
      if (off < 0.7 * best && off + 0.5 < best) best = off, chosen = candidate;
    }
  }
  return chosen;
}

Plane surface_plane(const Surface& s, int width, int height) {
  Plane paper(width, height);
  for (int y = 0; y < height; ++y) {
    const double v = place(y, height), row = s[0] + v * (s[2] + v * s[5]), slope = s[1] + v * s[4];
    for (int x = 0; x < width; ++x) {
      const double u = place(x, width);
      paper.at(x, y) = float(std::clamp(row + u * (slope + u * s[3]), 1.0, 255.0));
    }
  }
  return paper;
}

}  // namespace

std::vector<Plane> paper_brightness(const Plane& channel, const Mask& valid) {
  const std::vector<Cell> cells = cells_of(channel, valid);
  if (cells.empty()) return {Plane(channel.width, channel.height)};
  const Surface constant = constant_surface(cells);
  std::vector<Plane> papers{surface_plane(constant, channel.width, channel.height)};
  if (const auto uneven = uneven_surface(cells, constant))
    papers.push_back(surface_plane(*uneven, channel.width, channel.height));
  return papers;
}

}  // namespace lf::files
