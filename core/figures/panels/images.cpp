// Images of digits, with names of rows and columns and a note below each.
#include <algorithm>
#include <cmath>

#include "base/classes.h"
#include "base/image_shape.h"
#include "base/image_sheet.h"
#include "figures/panels/panels.h"

namespace lf::figures {
namespace {

constexpr float kImageGap = 8, kImageNote = 26, kImageHead = 34, kLargestImage = 132,
                kSmallestImage = kDigitSide;

/// Where the images of a panel lie.
struct ImageGrid {
  float left, top, cell, pitch_x, pitch_y;
  int rows;
};

ImageGrid grid_of(const LabImages& images, float width) {
  ImageGrid grid{};
  const auto n = images.sheet.count();
  grid.rows = int((n + size_t(images.columns) - 1) / size_t(images.columns));
  grid.left = widest(images.row_names, body({}));
  if (grid.left > 0) grid.left += 20;
  grid.top = images.column_names.empty() ? 0 : kImageHead;
  const float room = (width - grid.left) / float(images.columns) - kImageGap;
  grid.cell = std::floor(std::clamp(room, kSmallestImage, kLargestImage));
  grid.pitch_x = grid.cell + kImageGap;
  grid.pitch_y =
      grid.cell + kImageGap + (images.labels.empty() ? 0 : 6) + (images.notes.empty() ? 0 : kImageNote);
  return grid;
}

void draw_image(Drawing& canvas, const ImageView& image, float x, float y, float side) {
  const ImagePlace at = place_in_square(image.shape, x, y, side);
  canvas.blit_tinted(image.pixels, image.shape.width, image.shape.height, at.x, at.y, at.width, at.height,
                     canvas.palette().paper, canvas.palette().text, scaling_to(image.shape, int(side)));
}

}  // namespace

float height_of(const LabImages& images, float width) {
  const ImageGrid grid = grid_of(images, width);
  return grid.top + float(grid.rows) * grid.pitch_y;
}

void draw_panel(Drawing& canvas, Box box, const LabImages& images) {
  const ImageGrid grid = grid_of(images, box.w);
  for (size_t c = 0; c < images.column_names.size() && c < size_t(images.columns); ++c)
    canvas.text({box.x + grid.left + float(c) * grid.pitch_x + grid.cell / 2, box.y + 18},
                images.column_names[c], mono(canvas.palette().dim, files::Align::kCenter));
  for (size_t r = 0; r < images.row_names.size() && r < size_t(grid.rows); ++r)
    canvas.text({box.x, box.y + grid.top + float(r) * grid.pitch_y + grid.cell / 2 + 8}, images.row_names[r],
                body(canvas.palette().dim));
  for (size_t i = 0; i < images.sheet.count(); ++i) {
    const float x = box.x + grid.left + float(i % size_t(images.columns)) * grid.pitch_x;
    float y = box.y + grid.top + float(i / size_t(images.columns)) * grid.pitch_y;
    draw_image(canvas, images.sheet.image(i), x, y, grid.cell);
    y += grid.cell + 2;
    if (i < images.labels.size() && images.labels[i] < kClasses)
      canvas.fill_rect(x, y, grid.cell, 4, canvas.palette().digits[images.labels[i]], 2);
    if (!images.labels.empty()) y += 6;
    if (i < images.notes.size())
      canvas.text({x + grid.cell / 2, y + 20}, images.notes[i],
                  mono(canvas.palette().dim, files::Align::kCenter));
  }
}

}  // namespace lf::figures
