// reconstructions.png and samples.png: digits on a card.
#include <algorithm>

#include "base/errors.h"
#include "base/printed.h"
#include "base/time_text.h"
#include "figures/parts.h"

namespace lf::figure {
namespace {

constexpr int kColumns = 10, kCell = 112, kCellGap = 20;
constexpr float kRowName = 190;
constexpr int kDifferenceGain = 2;  // errors are small; the sentence below them says so

const uint8_t* digit_at(const std::vector<uint8_t>& images, size_t index) { return &images[index * kPixels]; }

/// One band: labels at the left, then originals, reconstructions and differences in three rows.
void draw_band(Canvas& canvas, float x, float y, const ReconstructionBlock& block, size_t first,
               size_t last) {
  const char* names[] = {"original", "decoded", "difference"};
  for (int row = 0; row < 3; ++row) {
    canvas.text({x, y + float(row) * (kCell + 10) + kCell * 0.56f}, names[row], body());
  }
  for (size_t i = first; i < last; ++i) {
    const float column = x + kRowName + float(i - first) * (kCell + kCellGap);
    draw_digit(canvas, digit_at(block.original, i), column, y, kCell);
    draw_digit(canvas, digit_at(block.reconstruction, i), column, y + kCell + 10, kCell);
    draw_difference(canvas, digit_at(block.original, i), digit_at(block.reconstruction, i), column,
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
std::array<std::vector<size_t>, 10> by_label(const FlowBlock& flow) {
  std::array<std::vector<size_t>, 10> lists;
  for (size_t i = 0; i < size_t(flow.digits) && i < flow.labels.size(); ++i) {
    if (flow.labels[i] < 10) lists[flow.labels[i]].push_back(i);
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

void draw_difference(Canvas& canvas, const uint8_t* original, const uint8_t* reconstruction, float x, float y,
                     int side) {
  std::vector<uint8_t> lost(kPixels), added(kPixels);
  for (int i = 0; i < kPixels; ++i) {
    const int difference = int(reconstruction[i]) - int(original[i]);
    lost[size_t(i)] = uint8_t(std::clamp(-kDifferenceGain * difference, 0, 255));
    added[size_t(i)] = uint8_t(std::clamp(kDifferenceGain * difference, 0, 255));
  }
  canvas.fill_rect(x, y, float(side), float(side), theme::kWindow);
  for (const auto& [mask, color] : {std::pair{&lost, kNegative}, std::pair{&added, kPositive}}) {
    canvas.blit_tinted(mask->data(), kSide, kSide, int(x), int(y), side, side, color.with_alpha(0), color,
                       Scaling::kBilinear);
  }
}

namespace {

/// The first n digits of the block in bands of kColumns.
Canvas draw_bands(const ReconstructionBlock& block, size_t n) {
  const int bands = int((n + kColumns - 1) / kColumns), band_height = 3 * (kCell + 10) + 44;
  const int width = 2 * kGap + 2 * kPad + int(kRowName) + kColumns * (kCell + kCellGap) - kCellGap;
  const int height = 2 * kGap + 2 * kPad + kTitle + 24 + bands * band_height + int(kSentenceHeight);
  Canvas canvas(width, height);
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

Canvas draw_reconstructions(const ReconstructionBlock& block) {
  constexpr size_t kMost = 30;
  return draw_bands(block,
                    std::min(kMost, std::min(block.original.size(), block.reconstruction.size()) / kPixels));
}

Canvas draw_sheet(const std::vector<uint8_t>& originals, const std::vector<uint8_t>& reconstructions,
                  const std::vector<uint8_t>& labels) {
  const size_t n = originals.size() / kPixels;
  if (n == 0 || originals.size() != n * kPixels || reconstructions.size() != originals.size() ||
      (!labels.empty() && labels.size() != n)) {
    throw InputError(
        "a sheet of reconstructions needs as many originals as reconstructions and labels, got " +
        std::to_string(originals.size()) + " and " + std::to_string(reconstructions.size()) + " bytes and " +
        std::to_string(labels.size()) + " labels");
  }
  ReconstructionBlock block;
  block.original = originals;
  block.reconstruction = reconstructions;
  block.labels = labels;
  block.origin = with_thousands(int64_t(n)) + " digits";
  return draw_bands(block, n);
}

Canvas draw_samples(const FlowBlock& flow) {
  const auto lists = by_label(flow);
  size_t rows = 1;
  for (const auto& list : lists) rows = std::max(rows, list.size());
  const int pitch = kCell + kCellGap, heading = 56;
  const int width = 2 * kGap + 2 * kPad + kColumns * pitch - kCellGap;
  const int height = 2 * kGap + 2 * kPad + kTitle + 24 + heading + int(rows) * pitch - kCellGap;
  Canvas canvas(width, height);
  const Box content = draw_card(canvas, {kGap, kGap, float(width - 2 * kGap), float(height - 2 * kGap)},
                                "Generated digits", sampler_remark(flow));
  const uint8_t* final_state = &flow.images[(flow.t.size() - 1) * size_t(flow.digits) * kPixels];
  for (int label = 0; label < kColumns; ++label) {
    const float x = content.x + float(label * pitch);
    canvas.text({x + kCell / 2.0f, content.y + 22}, std::to_string(label),
                mono(theme::kText, Align::kCenter));
    draw_label_bar(canvas, label, x, content.y + 36, kCell);
    for (size_t row = 0; row < lists[size_t(label)].size(); ++row) {
      const float y = content.y + float(heading + int(row) * pitch);
      draw_digit(canvas, final_state + lists[size_t(label)][row] * kPixels, x, y, kCell);
    }
  }
  return canvas;
}

}  // namespace lf::figure
