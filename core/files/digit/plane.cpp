#include "files/digit/plane.h"

#include <algorithm>
#include <cmath>

namespace lf::files {
namespace {

constexpr float kFar = 1e12f;

/// The means of one row, by running sums.
void blur_row(const float* in, float* out, int n, int radius) {
  double sum = 0;
  int count = 0;
  for (int x = 0; x < std::min(radius, n); ++x) sum += in[x], ++count;
  for (int x = 0; x < n; ++x) {
    if (x + radius < n) sum += in[x + radius], ++count;
    if (x - radius - 1 >= 0) sum -= in[x - radius - 1], --count;
    out[x] = float(sum / count);
  }
}

/// The largest values of one row, for any radius: van Herk's two running maxima over blocks.
void max_row(const float* in, float* out, int n, int radius, std::vector<float>& ahead,
             std::vector<float>& behind) {
  const int block = 2 * radius + 1, padded = ((n + 2 * radius + block - 1) / block) * block;
  ahead.assign(size_t(padded), -kFar);
  std::copy(in, in + n, ahead.begin() + radius);
  behind = ahead;
  for (int i = 1; i < padded; ++i) {
    if (i % block != 0) ahead[size_t(i)] = std::max(ahead[size_t(i)], ahead[size_t(i) - 1]);
  }
  for (int i = padded - 2; i >= 0; --i) {
    if ((i + 1) % block != 0) behind[size_t(i)] = std::max(behind[size_t(i)], behind[size_t(i) + 1]);
  }
  for (int x = 0; x < n; ++x) out[x] = std::max(behind[size_t(x)], ahead[size_t(x + block - 1)]);
}

template <class Row>
Plane by_rows(const Plane& plane, Row row) {
  Plane out(plane.width, plane.height);
  for (int y = 0; y < plane.height; ++y) {
    const size_t at = size_t(y) * size_t(plane.width);
    row(plane.values.data() + at, out.values.data() + at, plane.width);
  }
  return out;
}

template <class Row>
Plane by_rows_and_columns(const Plane& plane, Row row) {
  return transposed(by_rows(transposed(by_rows(plane, row)), row));
}

Plane negative(Plane plane) {
  for (float& value : plane.values) value = -value;
  return plane;
}

/// Squared distances along one line: the lower envelope of parabolas (Felzenszwalb and Huttenlocher).
void distance_row(const float* in, float* out, int n, std::vector<int>& place, std::vector<float>& edge) {
  place.assign(size_t(n), 0);
  edge.assign(size_t(n) + 1, 0);
  int last = 0;
  edge[0] = -kFar;
  edge[1] = kFar;
  const auto meet = [&](int q, int p) {
    return ((in[q] + float(q) * float(q)) - (in[p] + float(p) * float(p))) / float(2 * (q - p));
  };
  for (int q = 1; q < n; ++q) {
    float at = meet(q, place[size_t(last)]);
    while (last > 0 && at <= edge[size_t(last)]) at = meet(q, place[size_t(--last)]);
    place[size_t(++last)] = q;
    edge[size_t(last)] = at;
    edge[size_t(last) + 1] = kFar;
  }
  for (int q = 0, k = 0; q < n; ++q) {
    while (edge[size_t(k) + 1] < float(q)) ++k;
    const auto away = float(q - place[size_t(k)]);
    out[q] = std::min(kFar, away * away + in[place[size_t(k)]]);
  }
}

}  // namespace

Plane transposed(const Plane& plane) {
  constexpr int kTile = 32;  // so that both sides stay in the cache
  Plane out(plane.height, plane.width);
  for (int top = 0; top < plane.height; top += kTile) {
    for (int left = 0; left < plane.width; left += kTile) {
      for (int y = top; y < std::min(top + kTile, plane.height); ++y) {
        for (int x = left; x < std::min(left + kTile, plane.width); ++x) out.at(y, x) = plane.at(x, y);
      }
    }
  }
  return out;
}

Mask transposed(const Mask& mask, int width, int height) {
  Mask out(mask.size());
  for (size_t y = 0; y < size_t(height); ++y) {
    for (size_t x = 0; x < size_t(width); ++x) out[x * size_t(height) + y] = mask[y * size_t(width) + x];
  }
  return out;
}

Plane reduced(const Plane& plane, int factor) {
  if (factor <= 1) return plane;
  Plane out((plane.width + factor - 1) / factor, (plane.height + factor - 1) / factor);
  for (int y = 0; y < plane.height; ++y) {
    for (int x = 0; x < plane.width; ++x) out.at(x / factor, y / factor) += plane.at(x, y);
  }
  for (int y = 0; y < out.height; ++y) {
    const int rows = std::min(factor, plane.height - y * factor);
    for (int x = 0; x < out.width; ++x)
      out.at(x, y) /= float(rows * std::min(factor, plane.width - x * factor));
  }
  return out;
}

Mask reduced(const Mask& mask, int width, int height, int factor) {
  Plane plane(width, height);
  for (size_t i = 0; i < mask.size(); ++i) plane.values[i] = mask[i] ? 1 : 0;
  const Plane small = reduced(plane, factor);
  Mask out(small.values.size());
  for (size_t i = 0; i < out.size(); ++i) out[i] = small.values[i] > 0.5f;
  return out;
}

Plane box_blur(const Plane& plane, int radius) {
  if (radius <= 0) return plane;
  return by_rows_and_columns(plane,
                             [&](const float* in, float* out, int n) { blur_row(in, out, n, radius); });
}

Plane sliding_max(const Plane& plane, int radius) {
  if (radius <= 0) return plane;
  std::vector<float> ahead, behind;
  return by_rows_and_columns(plane, [&](const float* in, float* out, int n) {
    max_row(in, out, n, std::min(radius, n), ahead, behind);
  });
}

Plane sliding_min(const Plane& plane, int radius) { return negative(sliding_max(negative(plane), radius)); }

std::vector<float> squared_distances(const Mask& mask, int width, int height) {
  Plane plane(width, height, kFar);
  for (size_t i = 0; i < mask.size(); ++i) {
    if (mask[i]) plane.values[i] = 0;
  }
  std::vector<int> place;
  std::vector<float> edge;
  return by_rows_and_columns(
             plane, [&](const float* in, float* out, int n) { distance_row(in, out, n, place, edge); })
      .values;
}

Mask grown(const Mask& mask, int width, int height, double radius) {
  const auto distances = squared_distances(mask, width, height);
  Mask out(mask.size());
  for (size_t i = 0; i < mask.size(); ++i) out[i] = distances[i] <= radius * radius;
  return out;
}

Mask shrunk(const Mask& mask, int width, int height, double radius) {
  Mask outside(mask.size());
  for (size_t i = 0; i < mask.size(); ++i) outside[i] = !mask[i];
  Mask out = grown(outside, width, height, radius);
  for (uint8_t& pixel : out) pixel = !pixel;
  return out;
}

float quantile(std::vector<float> values, double share) {
  if (values.empty()) return 0;
  const auto at = std::min(values.size() - 1, size_t(share * double(values.size())));
  std::nth_element(values.begin(), values.begin() + std::ptrdiff_t(at), values.end());
  return values[at];
}

}  // namespace lf::files
