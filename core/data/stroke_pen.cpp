#include "data/stroke_pen.h"

#include <algorithm>
#include <cmath>

#include "base/image_shape.h"

// Only + - * / and square roots, which IEEE 754 fixes to the last bit: the images are equal on
// every machine.

namespace lf::data {
namespace {

using Path = std::vector<PenPoint>;
constexpr int kPieces = 6;  // line segments between two points of a curved stroke

/// The point at share t from b to c on the Catmull-Rom spline through a, b, c, d.
PenPoint spline(PenPoint a, PenPoint b, PenPoint c, PenPoint d, double t) {
  const auto blend = [t](double p, double q, double r, double s) {
    return q + 0.5 * t * (r - p + t * (2 * p - 5 * q + 4 * r - s + t * (3 * (q - r) + s - p)));
  };
  return {blend(a.x, b.x, c.x, d.x), blend(a.y, b.y, c.y, d.y)};
}

Path rounded(const Path& points) {
  Path path = {points.front()};
  const size_t last = points.size() - 1;
  for (size_t i = 0; i < last; ++i) {
    const PenPoint before = points[i == 0 ? 0 : i - 1], after = points[std::min(i + 2, last)];
    for (int k = 1; k <= kPieces; ++k) {
      path.push_back(spline(before, points[i], points[i + 1], after, double(k) / kPieces));
    }
  }
  return path;
}

/// Moves every point a little, independently, so that strokes also meet as loosely as with a pen.
void wobble(DigitShape& shape, double amount, StrokeRandom& random) {
  for (PenStroke& stroke : shape) {
    for (PenPoint& point : stroke.points) {
      point.x += amount * random.bell();
      point.y += amount * random.bell();
    }
  }
}

/// x' = a x + b y, y' = c x + d y.
struct Affine {
  double a, b, c, d;
};

Affine random_affine(StrokeRandom& random) {
  const double slant = 0.05 + 0.22 * random.bell();  // handwriting leans slightly to the right
  const double turn = 0.07 * random.bell();
  const double stretch = 1.1 + 0.16 * random.bell();
  const double width = std::clamp(stretch, 0.7, 1.6);
  return {width, -slant - turn, turn * width, 1};
}

/// Scales a path's bounding box so that its larger side is `size` pixels.
void fit(std::vector<Path>& paths, double size) {
  double left = 1e9, right = -1e9, top = 1e9, bottom = -1e9;
  for (const Path& path : paths) {
    for (const PenPoint& p : path) {
      left = std::min(left, p.x), right = std::max(right, p.x);
      top = std::min(top, p.y), bottom = std::max(bottom, p.y);
    }
  }
  const double scale = size / std::max({right - left, bottom - top, 0.1});
  for (Path& path : paths) {
    for (PenPoint& p : path) p = {(p.x - left) * scale, (p.y - top) * scale};
  }
}

/// Centre of mass of the line segments, weighted by their length.
PenPoint center_of(const std::vector<InkSegment>& segments) {
  double mass = 1e-9, x = 0, y = 0;
  for (const InkSegment& s : segments) {
    const double length = std::sqrt((s.x1 - s.x0) * (s.x1 - s.x0) + (s.y1 - s.y0) * (s.y1 - s.y0));
    mass += length;
    x += length * (s.x0 + s.x1) / 2;
    y += length * (s.y0 + s.y1) / 2;
  }
  return {x / mass, y / mass};
}

double squared_distance(double px, double py, const InkSegment& s) {
  const double dx = s.x1 - s.x0, dy = s.y1 - s.y0, length2 = dx * dx + dy * dy;
  const double along = length2 > 0 ? ((px - s.x0) * dx + (py - s.y0) * dy) / length2 : 0;
  const double t = std::clamp(along, 0.0, 1.0);
  const double ex = px - s.x0 - t * dx, ey = py - s.y0 - t * dy;
  return ex * ex + ey * ey;
}

/// Lowers `nearest` (784 squared distances) where this segment is closer than `reach`.
void note_distances(const InkSegment& s, double reach, std::array<double, kDigitPixels>& nearest) {
  const auto pixel = [](double v) { return int(std::clamp(v, 0.0, double(kDigitSide))); };
  const int x0 = pixel(std::min(s.x0, s.x1) - reach), x1 = pixel(std::max(s.x0, s.x1) + reach + 1);
  const int y0 = pixel(std::min(s.y0, s.y1) - reach), y1 = pixel(std::max(s.y0, s.y1) + reach + 1);
  for (int y = y0; y < y1; ++y) {
    for (int x = x0; x < x1; ++x) {
      double& best = nearest[size_t(y) * kDigitSide + x];
      best = std::min(best, squared_distance(x + 0.5, y + 0.5, s));
    }
  }
}

}  // namespace

std::vector<InkSegment> write_digit(int digit, StrokeRandom& random) {
  const auto& shapes = digit_shapes(digit);
  DigitShape shape = shapes[size_t(random.choice(int(shapes.size())))];
  wobble(shape, random.uniform(0.02, 0.065), random);
  const Affine map = random_affine(random);
  std::vector<Path> paths;
  for (const PenStroke& stroke : shape) {
    Path path = stroke.curved ? rounded(stroke.points) : stroke.points;
    for (PenPoint& p : path) p = {map.a * p.x + map.b * p.y, map.c * p.x + map.d * p.y};
    paths.push_back(std::move(path));
  }
  fit(paths, random.uniform(16.5, 19));
  std::vector<InkSegment> segments;
  for (const Path& path : paths) {
    for (size_t i = 0; i + 1 < path.size(); ++i) {
      segments.push_back({path[i].x, path[i].y, path[i + 1].x, path[i + 1].y});
    }
  }
  return segments;
}

void ink_picture(std::vector<InkSegment> segments, double radius, double softness, uint8_t* pixels) {
  const PenPoint center = center_of(segments);
  const double dx = kDigitSide / 2.0 - center.x, dy = kDigitSide / 2.0 - center.y;
  std::array<double, kDigitPixels> nearest;
  nearest.fill(1e9);
  const double reach = radius + softness;
  for (InkSegment& s : segments) {
    s = {s.x0 + dx, s.y0 + dy, s.x1 + dx, s.y1 + dy};
    note_distances(s, reach, nearest);
  }
  for (size_t i = 0; i < kDigitPixels; ++i) {
    const double covered = (radius + softness / 2 - std::sqrt(nearest[i])) / softness;
    pixels[i] = uint8_t(255 * std::clamp(covered, 0.0, 1.0) + 0.5);
  }
}

}  // namespace lf::data
