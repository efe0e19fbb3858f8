#include "files/image/palette.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace lf::files {
namespace {

constexpr int kCells = 64 * 64 * 64;
constexpr size_t kSamples = 4'000'000;

size_t cell_of(const uint8_t* p) {
  return size_t(p[0] >> 2) << 12 | size_t(p[1] >> 2) << 6 | size_t(p[2] >> 2);
}

/// The pixels of one cell of colour space: damped count and mean colour.
struct Bin {
  double weight;
  std::array<double, 3> mean;
};

std::vector<Bin> histogram(const std::vector<Image8>& frames) {
  std::vector<std::array<uint64_t, 4>> sums(kCells);  // count, r, g, b
  size_t total = 0;
  for (const Image8& frame : frames) total += frame.pixels.size() / 3;
  const size_t stride = 3 * std::max<size_t>(1, total / kSamples);
  for (const Image8& frame : frames) {
    for (size_t i = 0; i + 2 < frame.pixels.size(); i += stride) {
      auto& sum = sums[cell_of(&frame.pixels[i])];
      ++sum[0];
      for (int c = 0; c < 3; ++c) sum[c + 1] += frame.pixels[i + c];
    }
  }
  std::vector<Bin> bins;
  for (const auto& [n, r, g, b] : sums) {
    // The root keeps wide backgrounds from using up the colours of thin, bright lines.
    if (n > 0) bins.push_back({std::sqrt(double(n)), {double(r) / n, double(g) / n, double(b) / n}});
  }
  return bins;
}

/// A group of bins [begin, end) with its mean, its error and the channel that varies most.
struct Box {
  size_t begin, end;
  std::array<double, 3> mean{};
  double error = 0;
  int channel = 0;
};

Box measure(const std::vector<Bin>& bins, size_t begin, size_t end) {
  Box box{begin, end};
  std::array<double, 3> sum{}, squares{};
  double weight = 0;
  for (size_t i = begin; i < end; ++i) {
    weight += bins[i].weight;
    for (int c = 0; c < 3; ++c) sum[c] += bins[i].weight * bins[i].mean[c];
    for (int c = 0; c < 3; ++c) squares[c] += bins[i].weight * bins[i].mean[c] * bins[i].mean[c];
  }
  double largest = -1;
  for (int c = 0; c < 3; ++c) {
    box.mean[c] = sum[c] / weight;
    const double error = squares[c] - weight * box.mean[c] * box.mean[c];
    if (end - begin > 1) box.error += std::max(error, 0.0);
    if (error > largest) largest = error, box.channel = c;
  }
  return box;
}

/// Cuts a box at its mean along its most varying channel; both halves hold at least one bin.
size_t cut(std::vector<Bin>& bins, const Box& box) {
  const auto first = bins.begin() + long(box.begin), last = bins.begin() + long(box.end);
  const int c = box.channel;
  std::sort(first, last, [c](const Bin& a, const Bin& b) {
    return a.mean[c] != b.mean[c] ? a.mean[c] < b.mean[c] : a.mean < b.mean;
  });
  const auto middle =
      std::find_if(first, last, [&](const Bin& bin) { return bin.mean[c] > box.mean[size_t(c)]; });
  const size_t at = size_t(middle - bins.begin());
  return std::clamp(at, box.begin + 1, box.end - 1);
}

}  // namespace

Palette::Palette(const std::vector<Image8>& frames, int max_colors) : cells_(kCells, -1) {
  std::vector<Bin> bins = histogram(frames);
  if (bins.empty()) bins.push_back({1, {0, 0, 0}});
  std::vector<Box> boxes = {measure(bins, 0, bins.size())};
  while (boxes.size() < size_t(max_colors)) {
    const auto worst = std::max_element(boxes.begin(), boxes.end(),
                                        [](const Box& a, const Box& b) { return a.error < b.error; });
    if (worst->error <= 0) break;
    const Box box = *worst;
    const size_t middle = cut(bins, box);
    *worst = measure(bins, box.begin, middle);
    boxes.push_back(measure(bins, middle, box.end));
  }
  for (const Box& box : boxes) {
    Color color;
    for (int c = 0; c < 3; ++c) color[c] = uint8_t(std::lround(box.mean[c]));
    colors_.push_back(color);
  }
}

uint8_t Palette::index_of(const uint8_t* rgb) {
  int16_t& cell = cells_[cell_of(rgb)];
  if (cell >= 0) return uint8_t(cell);
  int best = std::numeric_limits<int>::max();
  for (size_t i = 0; i < colors_.size(); ++i) {
    int distance = 0;
    for (int c = 0; c < 3; ++c) distance += (rgb[c] - colors_[i][c]) * (rgb[c] - colors_[i][c]);
    if (distance < best) best = distance, cell = int16_t(i);
  }
  return uint8_t(cell);
}

}  // namespace lf::files
