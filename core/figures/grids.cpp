// Bare grids of digits: the images of `sample`, and the frames of the animation.
#include <algorithm>
#include <cmath>

#include "base/errors.h"
#include "base/image_shape.h"
#include "base/image_sheet.h"
#include "base/printed.h"
#include "base/time_text.h"
#include "figures/animation.h"
#include "figures/parts.h"
#include "figures/print/paint.h"
#include "lab/figure.h"

namespace lf::figures {
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
Grid grid_for(const ImageShape& shape, size_t count, int columns, bool labels) {
  if (columns <= 0) {
    columns = count <= 100 ? 10 : int(std::ceil(std::sqrt(double(count)) / 10)) * 10;
    columns = std::min(columns, int(count));
  }
  const int rows = int((count + size_t(columns) - 1) / size_t(columns));
  const bool few = count <= 400;
  const int side = longer_side(shape);
  return {columns, rows, few ? 2 * side : side, few ? 8 : 2, few && labels ? 6 : 0};
}

/// Images [first, first + count).
void draw_cells(Drawing& canvas, const Grid& grid, const ImageSheet& images, size_t first,
                const std::vector<uint8_t>& labels, size_t count) {
  for (size_t i = 0; i < count; ++i) {
    draw_digit(canvas, images.image(first + i), grid.x(i), grid.y(i), float(grid.cell));
    if (grid.bar > 0)
      draw_label_bar(canvas, labels[i], grid.x(i), grid.y(i) + float(grid.cell) + 3, float(grid.cell));
  }
}

/// The number of digits; throws for sizes that disagree.
size_t checked_count(const ImageSheet& images, size_t states, size_t labels) {
  const size_t bytes = images.bytes.size(), each = states * images.image_bytes();
  if (bytes == 0 || each == 0 || bytes % each != 0) {
    throw InputError("a grid of digits needs whole " + size_text(images.shape) + " images, got " +
                     std::to_string(bytes) + " bytes for " + std::to_string(states) + " states");
  }
  const size_t count = bytes / each;
  if (labels != 0 && labels != count) {
    throw InputError("a grid of " + std::to_string(count) + " digits got " + std::to_string(labels) +
                     " labels");
  }
  return count;
}

}  // namespace

Drawing draw_grid(const ImageSheet& images, const std::vector<uint8_t>& labels, int columns) {
  const size_t count = checked_count(images, 1, labels.size());
  const Grid grid = grid_for(images.shape, count, columns, !labels.empty());
  Drawing canvas(float(grid.width()), float(grid.height()));
  canvas.title = "Digits";
  draw_cells(canvas, grid, images, 0, labels, count);
  return canvas;
}

namespace {

constexpr files::TextStyle kCaption{24, files::theme::kText, files::FontStyle::kMono};

/// The same grid with the images of each state, and below it what `footer(canvas, track, state)` draws.
template <class Footer>
Frames grid_frames(size_t states, ImageSheet images, std::vector<uint8_t> labels, int columns,
                   Footer footer) {
  const size_t count = checked_count(images, states, labels.size());
  const Grid grid = grid_for(images.shape, count, columns, !labels.empty());
  const auto draw = [=, images = std::move(images), labels = std::move(labels)](size_t s) {
    Drawing canvas(float(std::max(grid.width(), 260)), float(grid.height() + kFooter));
    draw_cells(canvas, grid, images, s * count, labels, count);
    footer(canvas, float(grid.height() + kFooter / 2 - 14), s);
    return painted(canvas);
  };
  return {states, draw};
}

/// The value of t and its track, at the bottom of a frame.
void draw_t(Drawing& canvas, float y, float t) {
  canvas.text({kMargin, y + 12}, "t " + printed("%.2f", t), kCaption);
  draw_time_track(canvas, {kMargin + 110, y, float(canvas.width() - 2 * kMargin - 122), 8}, t);
}

}  // namespace

Frames flow_frames(std::vector<float> t, ImageSheet images, std::vector<uint8_t> labels, int columns) {
  const size_t states = t.size();
  return grid_frames(states, std::move(images), std::move(labels), columns,
                     [t = std::move(t)](Drawing& canvas, float y, size_t s) { draw_t(canvas, y, t[s]); });
}

Frames training_frames(std::vector<int64_t> steps, ImageSheet images, std::vector<uint8_t> labels) {
  const size_t states = steps.size();
  return grid_frames(states, std::move(images), std::move(labels), 0,
                     [steps = std::move(steps)](Drawing& canvas, float y, size_t s) {
                       canvas.text({kMargin, y + 12}, "step " + with_thousands(steps[s]), kCaption);
                       const float x = kMargin + 190, whole = float(canvas.width()) - kMargin - x;
                       canvas.fill_rect(x, y, whole, 8, canvas.palette().border);
                       const double last = double(std::max<int64_t>(steps.back(), 1));
                       canvas.fill_rect(x, y, whole * float(double(steps[s]) / last), 8,
                                        canvas.palette().blue);
                     });
}

Frames strip_frames(std::vector<float> t, ImageSheet images, std::vector<uint8_t> labels) {
  constexpr size_t kMostRows = 8, kMostColumns = 16;
  const size_t states = t.size(), count = checked_count(images, states, labels.size());
  const size_t rows = std::min(count, kMostRows);
  const std::vector<size_t> columns = spread_indices(states, kMostColumns);
  const Grid grid = grid_for(images.shape, rows * columns.size(), int(columns.size()), !labels.empty());
  const auto draw = [=, t = std::move(t), images = std::move(images), labels = std::move(labels)](size_t s) {
    Drawing canvas(float(grid.width()), float(grid.height() + kFooter));
    for (size_t column = 0; column < columns.size() && columns[column] <= s; ++column)
      for (size_t row = 0; row < rows; ++row) {
        const size_t cell = row * columns.size() + column;
        draw_digit(canvas, images.image(columns[column] * count + row), grid.x(cell), grid.y(cell),
                   float(grid.cell));
        if (grid.bar > 0)
          draw_label_bar(canvas, labels[row], grid.x(cell), grid.y(cell) + float(grid.cell) + 3,
                         float(grid.cell));
      }
    draw_t(canvas, float(grid.height() + kFooter / 2 - 14), t[s]);
    return painted(canvas);
  };
  return {states, draw};
}

}  // namespace lf::figures
