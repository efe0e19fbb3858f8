// trajectories.png: the film strip from noise to digit, and the same trajectories on the map of
// latent space.
#include <algorithm>
#include <cmath>
#include <utility>

#include "base/classes.h"
#include "base/printed.h"
#include "figures/parts.h"
#include "lab/figure.h"

namespace lf::figures {
namespace {

constexpr int kFrames = 9, kRows = 10, kTrajectoryCell = 84, kPitch = 96, kMapSide = 1000;

/// Up to kRows digits, the first of each label, then any others.
std::vector<size_t> chosen_digits(const FlowBlock& flow) {
  std::vector<size_t> chosen;
  std::array<bool, 256> seen{};
  const size_t n = std::min(size_t(flow.digits), flow.labels.size());
  for (size_t i = 0; i < n; ++i) {
    if (!std::exchange(seen[flow.labels[i]], true)) chosen.push_back(i);
  }
  for (size_t i = 0; i < n && chosen.size() < kRows; ++i) {
    if (std::find(chosen.begin(), chosen.end(), i) == chosen.end()) chosen.push_back(i);
  }
  chosen.resize(std::min<size_t>(chosen.size(), kRows));
  std::sort(chosen.begin(), chosen.end(),
            [&](size_t a, size_t b) { return flow.labels[a] < flow.labels[b]; });
  return chosen;
}

void draw_strip(Drawing& canvas, Box content, const FlowBlock& flow) {
  const auto digits = chosen_digits(flow);
  const auto states = spread_indices(flow.t.size(), kFrames);
  for (size_t column = 0; column < states.size(); ++column) {
    const float x = content.x + float(column) * kPitch;
    canvas.text({x + kTrajectoryCell / 2.0f, content.y + 16}, printed("%.2f", flow.t[states[column]]),
                mono(canvas.palette().dim, files::Align::kCenter));
    for (size_t row = 0; row < digits.size(); ++row) {
      const size_t picture = states[column] * size_t(flow.digits) + digits[row];
      draw_digit(canvas, flow.images.image(picture), x, content.y + 54 + float(row) * kPitch,
                 kTrajectoryCell);
    }
  }
  draw_time_track(canvas, {content.x, content.y + 30, float(states.size() - 1) * kPitch + kTrajectoryCell, 8},
                  -1);
  for (size_t row = 0; row < digits.size(); ++row) {
    const float y = content.y + 54 + float(row) * kPitch + kTrajectoryCell + 3;
    draw_label_bar(canvas, flow.labels[digits[row]], content.x + float(states.size() - 1) * kPitch, y,
                   kTrajectoryCell);
  }
}

/// The square window of the plane around cloud and trajectories, without the last outliers.
struct View {
  float x, y, size;
};

float quantile(std::vector<float> values, double share) {
  const auto at = values.begin() + std::ptrdiff_t(double(values.size() - 1) * share);
  std::nth_element(values.begin(), at, values.end());
  return *at;
}

View view_of(const FlowBlock& flow, const MapBlock& map) {
  std::vector<float> x, y;
  for (const auto* points : {&flow.points, &map.points}) {
    for (size_t i = 0; i + 1 < points->size(); i += 2) {
      if (!std::isfinite((*points)[i]) || !std::isfinite((*points)[i + 1])) continue;
      x.push_back((*points)[i]);
      y.push_back((*points)[i + 1]);
    }
  }
  if (x.empty()) return {-1, -1, 2};
  const float x0 = quantile(x, 0.002), x1 = quantile(x, 0.998), y0 = quantile(y, 0.002),
              y1 = quantile(y, 0.998);
  const float size = 1.12f * std::max({x1 - x0, y1 - y0, 1e-6f});
  return {(x0 + x1 - size) / 2, (y0 + y1 - size) / 2, size};
}

files::Rgb label_color(const Palette& palette, const std::vector<uint8_t>& labels, size_t i) {
  return i < labels.size() && labels[i] < kClasses ? palette.digits[labels[i]] : palette.dim;
}

}  // namespace

void draw_map(Drawing& canvas, Box box, const FlowBlock& flow, const MapBlock& map) {
  const View view = view_of(flow, map);
  const auto place = [&](const float* p) {
    return files::Point{box.x + (p[0] - view.x) / view.size * box.w,
                        box.bottom() - (p[1] - view.y) / view.size * box.h};
  };
  const auto inside = [&](files::Point p) {
    return p.x > box.x && p.x < box.right() && p.y > box.y && p.y < box.bottom();
  };
  std::vector<Dot> dots;
  for (size_t i = 0; 2 * i + 1 < map.points.size(); ++i) {
    const files::Point p = place(&map.points[2 * i]);
    if (inside(p)) dots.push_back({p, 2.5f, label_color(canvas.palette(), map.labels, i).with_alpha(0.35f)});
  }
  canvas.cloud(box, std::move(dots));
  const size_t particles = size_t(flow.particles), states = flow.t.size();
  if (flow.points.size() < 2 * particles * states || states == 0) return;
  for (const size_t digit : chosen_digits(flow)) {
    std::vector<files::Point> path;
    for (size_t s = 0; s < states; ++s) path.push_back(place(&flow.points[2 * (s * particles + digit)]));
    const files::Rgb color = label_color(canvas.palette(), flow.labels, digit);
    canvas.polyline(path, canvas.palette().card, 9);
    canvas.polyline(path, color, 4);
    for (const files::Point& p : path) canvas.disc(p, 4.5f, color);
    canvas.disc(path.front(), 9, canvas.palette().violet);
    canvas.disc(path.front(), 5, canvas.palette().card);
    canvas.disc(path.back(), 17, canvas.palette().card);
    canvas.disc(path.back(), 15, color);
    if (flow.labels[digit] >= kClasses) continue;  // without a class
    canvas.text({path.back().x, path.back().y + 7}, std::to_string(flow.labels[digit]),
                mono(canvas.palette().window, files::Align::kCenter));
  }
}

Drawing draw_trajectories(const FlowBlock& flow, const MapBlock& map, const Palette& palette) {
  const float strip_width = (kFrames - 1) * kPitch + kTrajectoryCell + 2 * kPad;
  const float height = kRows * kPitch + 54 + 2 * kPad + kTitle + 24 + kSentenceHeight;
  const bool with_map = !flow.points.empty();
  const float map_width = with_map ? kMapSide + 2 * kPad + kGap : 0;
  Drawing canvas(float(int(strip_width + map_width) + 2 * kGap), float(int(height) + 2 * kGap), palette);
  const Box strip = draw_card(canvas, {kGap, kGap, strip_width, height}, "Step by step",
                              flow.solver + " · " + std::to_string(flow.steps) + " steps");
  draw_strip(canvas, strip, flow);
  draw_sentence(canvas, strip, "From t = 0 (noise) to t = 1 (data).");
  if (!with_map) return canvas;
  Box content = draw_card(canvas, {2 * kGap + strip_width, kGap, kMapSide + 2 * kPad, height}, "Latent space",
                          map.axes);
  draw_sentence(canvas, content, "Rings: noise at t = 0. Discs: digits at t = 1.");
  content.h -= kSentenceHeight;
  draw_map(canvas, content, flow, map);
  return canvas;
}

Drawing draw_map_figure(const FlowBlock& flow, const MapBlock& map, const Palette& palette) {
  const float width = kMapSide + 2 * kPad, height = width + kTitle + kSentenceHeight;
  Drawing canvas(width + 2 * kGap, height + 2 * kGap, palette);
  Box content = draw_card(canvas, {kGap, kGap, width, height}, "Latent space", map.axes);
  draw_sentence(canvas, content, "Rings: noise at t = 0. Discs: digits at t = 1.");
  content.h -= kSentenceHeight;
  content.w = content.h = std::min(content.w, content.h);
  draw_map(canvas, content, flow, map);
  return canvas;
}

}  // namespace lf::figures
