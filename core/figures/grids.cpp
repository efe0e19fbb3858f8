// Bare grids of digits: the images of `sample`, and the frames of the animation.
#include <algorithm>
#include <cmath>

#include "base/errors.h"
#include "base/image_shape.h"
#include "base/image_sheet.h"
#include "base/printed.h"
#include "base/time_text.h"
#include "figures/parts.h"
#include "figures/print/paint.h"

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

/// The same grid with the images of each state, and below it what `footer(canvas, track, state)` draws.
template <class Footer>
std::vector<files::Image8> draw_frames(size_t states, const ImageSheet& images,
                                       const std::vector<uint8_t>& labels, int columns, Footer footer) {
  const size_t count = checked_count(images, states, labels.size());
  const Grid grid = grid_for(images.shape, count, columns, !labels.empty());
  const Drawing empty(float(std::max(grid.width(), 260)), float(grid.height() + kFooter));
  const float track_y = float(grid.height() + kFooter / 2 - 14);
  std::vector<files::Image8> frames;
  for (size_t s = 0; s < states; ++s) {
    Drawing canvas = empty;
    draw_cells(canvas, grid, images, s * count, labels, count);
    footer(canvas, track_y, s);
    frames.push_back(painted(canvas));
  }
  return frames;
}

constexpr files::TextStyle kCaption{24, files::theme::kText, files::FontStyle::kMono};

}  // namespace

std::vector<files::Image8> draw_flow_frames(const std::vector<float>& t, const ImageSheet& images,
                                            const std::vector<uint8_t>& labels, int columns) {
  return draw_frames(t.size(), images, labels, columns, [&](Drawing& canvas, float y, size_t s) {
    canvas.text({kMargin, y + 12}, "t " + printed("%.2f", t[s]), kCaption);
    draw_time_track(canvas, {kMargin + 110, y, float(canvas.width() - 2 * kMargin - 122), 8}, t[s]);
  });
}

std::vector<files::Image8> draw_training_frames(const std::vector<int64_t>& steps, const ImageSheet& images,
                                                const std::vector<uint8_t>& labels) {
  return draw_frames(steps.size(), images, labels, 0, [&](Drawing& canvas, float y, size_t s) {
    canvas.text({kMargin, y + 12}, "step " + with_thousands(steps[s]), kCaption);
    const float x = kMargin + 190, whole = float(canvas.width()) - kMargin - x;
    canvas.fill_rect(x, y, whole, 8, canvas.palette().border);
    const double last = double(std::max<int64_t>(steps.back(), 1));
    canvas.fill_rect(x, y, whole * float(double(steps[s]) / last), 8, canvas.palette().blue);
  });
}

}  // namespace lf::figures
