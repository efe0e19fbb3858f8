// Bare grids of digits: the images of `sample`, and the frames of the animation.
#include <algorithm>
#include <cmath>

#include "base/errors.h"
#include "base/printed.h"
#include "figures/parts.h"

namespace lf::figure {
namespace {

constexpr int kMargin = 16, kFooter = 64;

/// Layout of a grid's cells.
struct Grid {
  int columns, rows, cell, gap, bar;  ///< bar: height reserved for the label's colour
  int pitch() const { return cell + gap; }
  int row_pitch() const { return cell + gap + bar; }
  int width() const { return 2 * kMargin + columns * pitch() - gap; }
  int height() const { return 2 * kMargin + rows * row_pitch() - gap; }
  float x(size_t i) const { return float(kMargin + int(i % size_t(columns)) * pitch()); }
  float y(size_t i) const { return float(kMargin + int(i / size_t(columns)) * row_pitch()); }
};

/// Large cells with bars for a few digits, bare pixels for thousands.
Grid grid_for(size_t count, int columns, bool labels) {
  if (columns <= 0) {
    columns = count <= 100 ? 10 : int(std::ceil(std::sqrt(double(count)) / 10)) * 10;
    columns = std::min(columns, int(count));
  }
  const int rows = int((count + size_t(columns) - 1) / size_t(columns));
  const bool few = count <= 400;
  return {columns, rows, few ? 2 * kSide : kSide, few ? 8 : 2, few && labels ? 6 : 0};
}

void draw_cells(Canvas& canvas, const Grid& grid, const uint8_t* images, const std::vector<uint8_t>& labels,
                size_t count) {
  for (size_t i = 0; i < count; ++i) {
    draw_digit(canvas, images + i * kPixels, grid.x(i), grid.y(i), float(grid.cell));
    if (grid.bar > 0)
      draw_label_bar(canvas, labels[i], grid.x(i), grid.y(i) + float(grid.cell) + 3, float(grid.cell));
  }
}

/// The number of digits; throws for sizes that disagree.
size_t checked_count(size_t bytes, size_t states, size_t labels) {
  const size_t each = states * kPixels;
  if (bytes == 0 || each == 0 || bytes % each != 0) {
    throw InputError("a grid of digits needs whole 28×28 images, got " + std::to_string(bytes) +
                     " bytes for " + std::to_string(states) + " states");
  }
  const size_t count = bytes / each;
  if (labels != 0 && labels != count) {
    throw InputError("a grid of " + std::to_string(count) + " digits got " + std::to_string(labels) +
                     " labels");
  }
  return count;
}

}  // namespace

Canvas draw_grid(const std::vector<uint8_t>& images, const std::vector<uint8_t>& labels, int columns) {
  const size_t count = checked_count(images.size(), 1, labels.size());
  const Grid grid = grid_for(count, columns, !labels.empty());
  Canvas canvas(grid.width(), grid.height());
  draw_cells(canvas, grid, images.data(), labels, count);
  return canvas;
}

std::vector<Image8> draw_flow_frames(const std::vector<float>& t, const std::vector<uint8_t>& images,
                                     const std::vector<uint8_t>& labels, int columns) {
  const size_t count = checked_count(images.size(), t.size(), labels.size());
  const Grid grid = grid_for(count, columns, !labels.empty());
  Canvas empty(std::max(grid.width(), 260), grid.height() + kFooter);
  const float track_y = float(grid.height() + kFooter / 2 - 14);
  std::vector<Image8> frames;
  for (size_t s = 0; s < t.size(); ++s) {
    Canvas canvas = empty;
    draw_cells(canvas, grid, &images[s * count * kPixels], labels, count);
    canvas.text({kMargin, track_y + 12}, "t " + printed("%.2f", t[s]), {24, theme::kText, FontStyle::kMono});
    draw_time_track(canvas, {kMargin + 110, track_y, float(canvas.width() - 2 * kMargin - 122), 8}, t[s]);
    frames.push_back(canvas.image());
  }
  return frames;
}

}  // namespace lf::figure
