// Clouds of points and matrices.
#include <algorithm>
#include <cmath>
#include <utility>

#include "base/classes.h"
#include "base/printed.h"
#include "figures/panels/panels.h"
#include "figures/plot.h"

namespace lf::figures {
namespace {

constexpr float kHighestCloud = 800, kPlaneBottom = 76, kClassLegend = 34, kHighestMatrix = 700;

bool has_classes(const LabCloud& cloud) {
  return std::any_of(cloud.labels.begin(), cloud.labels.end(),
                     [](uint8_t label) { return label < kClasses; });
}

float cloud_side(float width) { return std::min(width - kAxisLeft - 12, kHighestCloud); }

/// Both axes of the same length, around all points and paths.
double reach(const LabCloud& cloud, double& middle_x, double& middle_y) {
  if (cloud.extent > 0) return middle_x = middle_y = 0, cloud.extent;
  double low[2] = {1e30, 1e30}, high[2] = {-1e30, -1e30};
  const auto take = [&](const std::vector<float>& points) {
    for (size_t i = 0; i + 1 < points.size(); ++i) {
      if (!std::isfinite(points[i])) continue;
      low[i % 2] = std::min(low[i % 2], double(points[i])),
              high[i % 2] = std::max(high[i % 2], double(points[i]));
    }
    if (!points.empty() && std::isfinite(points.back()))
      low[1] = std::min(low[1], double(points.back())), high[1] = std::max(high[1], double(points.back()));
  };
  take(cloud.points);
  for (const auto& path : cloud.paths) take(path.points);
  if (high[0] < low[0] || high[1] < low[1]) return middle_x = middle_y = 0, 1;
  middle_x = (low[0] + high[0]) / 2, middle_y = (low[1] + high[1]) / 2;
  return std::max(1e-6, 0.53 * std::max(high[0] - low[0], high[1] - low[1]));
}

void draw_path(Drawing& canvas, const Scale& scale, const LabCloud::Path& path) {
  std::vector<files::Point> points;
  for (size_t i = 0; i + 1 < path.points.size(); i += 2)
    points.push_back(scale.at(path.points[i], path.points[i + 1]));
  const files::Rgb color = tone_color(canvas.palette(), path.tone);
  canvas.polyline(points, color, path.arrow ? 2.5f : 2);
  if (!path.arrow || points.size() < 2) return;
  const files::Point b = points.back(), a = points[points.size() - 2];
  const float dx = b.x - a.x, dy = b.y - a.y, length = std::hypot(dx, dy);
  if (length < 3) return;
  const float head = std::min(9.0f, 0.5f * length);
  for (const float turn : {2.6f, -2.6f}) {
    const float cosine = std::cos(turn), sine = std::sin(turn);
    canvas.line(
        b, {b.x + head * (dx * cosine - dy * sine) / length, b.y + head * (dx * sine + dy * cosine) / length},
        color, 2.5f);
  }
}

void draw_class_legend(Drawing& canvas, float x, float y, float width) {
  const float pitch = std::min(52.0f, width / kClasses);
  for (int k = 0; k < kClasses; ++k) {
    canvas.disc({x + 8 + float(k) * pitch, y - 7}, 7, canvas.palette().digits[size_t(k)]);
    canvas.text({x + 20 + float(k) * pitch, y}, std::to_string(k), mono(canvas.palette().dim));
  }
}

}  // namespace

float height_of(const LabCloud& cloud, float width) {
  return 34 + cloud_side(width) + kPlaneBottom + (has_classes(cloud) ? kClassLegend : 0);
}

void draw_panel(Drawing& canvas, Box box, const LabCloud& cloud) {
  const float side = cloud_side(box.w);
  const Box area{box.x + kAxisLeft + std::max(0.0f, (box.w - kAxisLeft - 12 - side) / 2), box.y + 34, side,
                 side};
  double x = 0, y = 0;
  const double half = reach(cloud, x, y);
  const Scale scale(area, {x - half, x + half, false, cloud.x_name},
                    {y - half, y + half, false, cloud.y_name});
  draw_axes(canvas, scale);
  if (const int n = int(std::lround(std::sqrt(double(cloud.texture.size())))); n > 0)
    canvas.blit_tinted(cloud.texture.data(), n, n, area.x, area.y, side, side, canvas.palette().card,
                       canvas.palette().faint, files::Scaling::kBilinear);
  const size_t n = cloud.points.size() / 2;
  const float radius = n > 5000 ? 2 : n > 1000 ? 3 : 5;
  std::vector<Dot> dots;
  for (size_t i = 0; i < n; ++i) {
    const bool known = i < cloud.labels.size() && cloud.labels[i] < kClasses;
    dots.push_back({scale.at(cloud.points[2 * i], cloud.points[2 * i + 1]), radius,
                    known ? canvas.palette().digits[cloud.labels[i]].with_alpha(n > 1000 ? 0.6f : 0.9f)
                          : canvas.palette().faint});
  }
  canvas.cloud(area, std::move(dots));
  for (const auto& path : cloud.paths) draw_path(canvas, scale, path);
  if (has_classes(cloud)) draw_class_legend(canvas, area.x, area.bottom() + kPlaneBottom + 22, side);
}

namespace {

/// Where the cells of a matrix lie.
struct Cells {
  float left, top, side;
  int rows;
};

Cells cells_of(const LabMatrix& matrix, float width) {
  const int rows = int(matrix.values.size()) / std::max(1, matrix.columns);
  const float left = widest(matrix.row_names, body({})) + 24, top = 62;
  const float side =
      std::min((width - left) / float(matrix.columns), (kHighestMatrix - top) / float(std::max(1, rows)));
  return {left, top, std::floor(std::min(side, 110.0f)), rows};
}

}  // namespace

float height_of(const LabMatrix& matrix, float width) {
  const Cells cells = cells_of(matrix, width);
  return cells.top + cells.side * float(cells.rows) + 64;
}

void draw_panel(Drawing& canvas, Box box, const LabMatrix& matrix) {
  const Cells cells = cells_of(matrix, box.w);
  const float x0 = box.x + cells.left, y0 = box.y + cells.top, group = cells.side * float(matrix.every);
  for (size_t i = 0; i < matrix.values.size(); ++i) {
    const int row = int(i) / matrix.columns, column = int(i) % matrix.columns;
    const double share = (matrix.values[i] - matrix.low) / std::max(1e-12, matrix.high - matrix.low);
    const float x = x0 + cells.side * float(column), y = y0 + cells.side * float(row);
    if (!std::isfinite(share)) continue;
    canvas.fill_rect(x, y, cells.side, cells.side,
                     mixed(canvas.palette().paper, canvas.palette().blue, float(share)));
    if (matrix.written)
      canvas.text({x + cells.side / 2, y + cells.side / 2 + 8},
                  printed("%.0f", 100 * double(matrix.values[i])),
                  mono(share > 0.55 ? canvas.palette().card : canvas.palette().text, files::Align::kCenter));
  }
  const int across = matrix.columns / matrix.every, down = cells.rows / matrix.every;
  for (int i = 0; i <= across; ++i)
    canvas.fill_rect(x0 + group * float(i) - 1, y0, 3, cells.side * float(cells.rows), canvas.palette().card);
  for (int i = 0; i <= down; ++i)
    canvas.fill_rect(x0, y0 + group * float(i) - 1, cells.side * float(matrix.columns), 3,
                     canvas.palette().card);
  for (size_t i = 0; i < matrix.column_names.size(); ++i)
    canvas.text({x0 + group * (float(i) + 0.5f), y0 - 12}, matrix.column_names[i],
                mono(canvas.palette().dim, files::Align::kCenter));
  for (size_t i = 0; i < matrix.row_names.size(); ++i)
    canvas.text({x0 - 16, y0 + group * (float(i) + 0.5f) + 8}, matrix.row_names[i],
                body(canvas.palette().dim, files::Align::kRight));
  canvas.text({box.x, box.y + 16}, matrix.y_name, body(canvas.palette().dim));
  canvas.text({x0 + cells.side * float(matrix.columns), y0 + cells.side * float(cells.rows) + 36},
              matrix.x_name, body(canvas.palette().dim, files::Align::kRight));
}

}  // namespace lf::figures
