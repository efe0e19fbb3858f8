// Digits over training: the same noise after some steps.
#include <algorithm>

#include "base/errors.h"
#include "base/time_text.h"
#include "figures/parts.h"
#include "lab/figure.h"

namespace lf::figures {
namespace {

constexpr size_t kMostRows = 10, kMostColumns = 16;
constexpr int kStripCell = 112, kStripGap = 14, kStripHeading = 48;

}  // namespace

Drawing draw_training_strip(const std::vector<int64_t>& steps, const ImageSheet& images,
                            const std::vector<uint8_t>& labels, const std::string& remark,
                            const Palette& palette) {
  const size_t count = steps.empty() ? 0 : images.count() / steps.size();
  if (count == 0 || images.count() != count * steps.size() || (!labels.empty() && labels.size() != count))
    throw InputError("a strip over training needs as many digits after every step, got " +
                     std::to_string(images.count()) + " images for " + std::to_string(steps.size()) +
                     " steps");
  const std::vector<size_t> columns = spread_indices(steps.size(), kMostColumns);
  const size_t rows = std::min(count, kMostRows);
  const int pitch = kStripCell + kStripGap;
  const int width = 2 * kGap + 2 * kPad + int(columns.size()) * pitch - kStripGap;
  const int height =
      2 * kGap + 2 * kPad + kTitle + 24 + kStripHeading + int(rows) * pitch + int(kSentenceHeight);
  Drawing canvas(float(std::max(width, 700)), float(height), palette);
  const Box content = draw_card(
      canvas, {kGap, kGap, float(canvas.width() - 2 * kGap), float(height - 2 * kGap)}, "Time-lapse", remark);
  for (size_t i = 0; i < columns.size(); ++i) {
    const float x = content.x + float(int(i) * pitch);
    canvas.text({x + kStripCell / 2.0f, content.y + 22}, with_thousands(steps[columns[i]]),
                mono(canvas.palette().text, files::Align::kCenter));
    for (size_t row = 0; row < rows; ++row) {
      const float y = content.y + float(kStripHeading + int(row) * pitch);
      draw_digit(canvas, images.image(columns[i] * count + row), x, y, kStripCell);
      if (!labels.empty()) draw_label_bar(canvas, labels[row], x, y + kStripCell + 2, kStripCell);
    }
  }
  draw_sentence(canvas, content, "The same noise in every column, after these steps of the flow.");
  return canvas;
}

}  // namespace lf::figures
