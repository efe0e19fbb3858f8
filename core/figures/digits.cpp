// reconstructions.png and samples.png: digits on a card.
#include <algorithm>

#include "base/classes.h"
#include "base/errors.h"
#include "base/image_shape.h"
#include "base/image_sheet.h"
#include "base/printed.h"
#include "base/time_text.h"
#include "figures/parts.h"
#include "lab/figure.h"

namespace lf::figures {
namespace {

constexpr int kColumns = 10, kCell = 112, kCellGap = 20;
constexpr float kRowName = 190;
constexpr int kDifferenceGain = 2;  // errors are small; the sentence below them says so

/// One band: labels at the left, then originals, reconstructions and differences in three rows.
void draw_band(Drawing& canvas, float x, float y, const ReconstructionBlock& block, size_t first,
               size_t last) {
  const char* names[] = {"original", "decoded", "difference"};
  for (int row = 0; row < 3; ++row) {
    canvas.text({x, y + float(row) * (kCell + 10) + kCell * 0.56f}, names[row], body(canvas.palette().dim));
  }
  for (size_t i = first; i < last; ++i) {
    const float column = x + kRowName + float(i - first) * (kCell + kCellGap);
    draw_digit(canvas, block.original.image(i), column, y, kCell);
    draw_digit(canvas, block.reconstruction.image(i), column, y + kCell + 10, kCell);
    draw_difference(canvas, block.original.image(i), block.reconstruction.image(i), column,
                    y + 2 * (kCell + 10), kCell);
    if (i < block.labels.size()) draw_label_bar(canvas, block.labels[i], column, y + 3 * (kCell + 10), kCell);
  }
}

std::string psnr_remark(const ReconstructionBlock& block) {
  if (block.psnr <= 0) return block.origin;
  return "PSNR " + printed("%.1f dB", block.psnr) +
         (block.psnr_count > 0 ? " over " + with_thousands(block.psnr_count) + " test digits" : "");
}

/// The final images, one list per label in order, so that each label fills its column.
ByClass<std::vector<size_t>> by_label(const FlowBlock& flow) {
  ByClass<std::vector<size_t>> lists;
  for (size_t i = 0; i < size_t(flow.digits) && i < flow.labels.size(); ++i) {
    if (flow.labels[i] < kClasses) lists[flow.labels[i]].push_back(i);
  }
  return lists;
}

std::string sampler_remark(const FlowBlock& flow) {
  std::string text = flow.solver + " · " + std::to_string(flow.steps) + " steps · " +
                     std::to_string(flow.nfe) + " function evaluations";
  if (flow.guidance != 1) text += " · guidance " + printed("%.3g", flow.guidance);
  return text;
}

}  // namespace

void draw_difference(Drawing& canvas, const ImageView& original, const ImageView& reconstruction, float x,
                     float y, int side) {
  const ImageShape& shape = original.shape;
  const ImagePlace at = place_in_square(shape, x, y, float(side));
  std::vector<uint8_t> lost, added;
  for (int i = 0; i < shape.pixels(); ++i) {
    const int difference = int(reconstruction.pixels[i]) - int(original.pixels[i]);
    lost.push_back(uint8_t(std::clamp(-kDifferenceGain * difference, 0, 255)));
    added.push_back(uint8_t(std::clamp(kDifferenceGain * difference, 0, 255)));
  }
  canvas.fill_rect(x, y, float(side), float(side),
                   canvas.palette().cards ? canvas.palette().window : canvas.palette().paper);
  for (const auto& [mask, color] :
       {std::pair{&lost, canvas.palette().blue}, std::pair{&added, canvas.palette().amber}}) {
    canvas.blit_tinted(mask->data(), shape.width, shape.height, at.x, at.y, at.width, at.height,
                       color.with_alpha(0), color, files::Scaling::kBilinear);
  }
}

namespace {

/// The first n digits of the block in bands of kColumns.
Drawing draw_bands(const ReconstructionBlock& block, size_t n, const Palette& palette) {
  const int bands = int((n + kColumns - 1) / kColumns), band_height = 3 * (kCell + 10) + 44;
  const int width = 2 * kGap + 2 * kPad + int(kRowName) + kColumns * (kCell + kCellGap) - kCellGap;
  const int height = 2 * kGap + 2 * kPad + kTitle + 24 + bands * band_height + int(kSentenceHeight);
  Drawing canvas(float(width), float(height), palette);
  const Box content = draw_card(canvas, {kGap, kGap, float(width - 2 * kGap), float(height - 2 * kGap)},
                                "Reconstructions", psnr_remark(block));
  for (int band = 0; band < bands; ++band) {
    const size_t first = size_t(band) * kColumns;
    draw_band(canvas, content.x, content.y + float(band * band_height), block, first,
              std::min(n, first + kColumns));
  }
  draw_sentence(canvas, content,
                "Difference, amplified twice: blue where ink is missing, amber where it was added.");
  return canvas;
}

}  // namespace

Drawing draw_reconstructions(const ReconstructionBlock& block, const Palette& palette) {
  constexpr size_t kMost = 30;
  return draw_bands(block, std::min({kMost, block.original.count(), block.reconstruction.count()}), palette);
}

Drawing draw_sheet(const ImageSheet& originals, const ImageSheet& reconstructions,
                   const std::vector<uint8_t>& labels, const Palette& palette) {
  const size_t n = originals.count();
  if (n == 0 || !originals.holds(n) || !reconstructions.holds(n) ||
      reconstructions.shape != originals.shape || (!labels.empty() && labels.size() != n)) {
    throw InputError(
        "a sheet of reconstructions needs as many originals as reconstructions and labels, got " +
        std::to_string(originals.bytes.size()) + " and " + std::to_string(reconstructions.bytes.size()) +
        " bytes and " + std::to_string(labels.size()) + " labels");
  }
  ReconstructionBlock block;
  block.original = originals;
  block.reconstruction = reconstructions;
  block.labels = labels;
  block.origin = with_thousands(int64_t(n)) + " digits";
  return draw_bands(block, n, palette);
}

Drawing draw_samples(const FlowBlock& flow, double t, const Palette& palette) {
  const auto lists = by_label(flow);
  size_t rows = 1;
  for (const auto& list : lists) rows = std::max(rows, list.size());
  const int pitch = kCell + kCellGap, heading = 56;
  const int width = 2 * kGap + 2 * kPad + kClasses * pitch - kCellGap;
  const int height = 2 * kGap + 2 * kPad + kTitle + 24 + heading + int(rows) * pitch - kCellGap;
  Drawing canvas(float(width), float(height), palette);
  const Box content =
      draw_card(canvas, {kGap, kGap, float(width - 2 * kGap), float(height - 2 * kGap)},
                t < 1 ? "Generated digits at t = " + printed("%.2f", flow.t[nearest_index(flow.t, t)])
                      : "Generated digits",
                sampler_remark(flow));
  const size_t state = nearest_index(flow.t, t) * size_t(flow.digits);
  for (int label = 0; label < kClasses; ++label) {
    const float x = content.x + float(label * pitch);
    canvas.text({x + kCell / 2.0f, content.y + 22}, std::to_string(label),
                mono(canvas.palette().text, files::Align::kCenter));
    draw_label_bar(canvas, label, x, content.y + 36, kCell);
    for (size_t row = 0; row < lists[size_t(label)].size(); ++row) {
      const float y = content.y + float(heading + int(row) * pitch);
      draw_digit(canvas, flow.images.image(state + lists[size_t(label)][row]), x, y, kCell);
    }
  }
  return canvas;
}

}  // namespace lf::figures
