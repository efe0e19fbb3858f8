#include "panels/reconstructions/reconstructions_text.h"

#include <algorithm>
#include <cmath>

#include "widgets/text/text.h"

namespace lf::app::panels {

InspectCommand inspect_again(const ReconstructionBlock& block) {
  InspectCommand command;
  if (!block.split.empty()) command.split = block.split;
  if (!block.order.empty()) command.order = block.order;
  command.digit = block.digit;
  command.offset = block.offset;
  command.count = kDigitsPerPage;
  return command;
}

int64_t page_start(int64_t index) { return index / kDigitsPerPage * kDigitsPerPage; }

InspectCommand turn_page(const ReconstructionBlock& block, int pages) {
  InspectCommand command = inspect_again(block);
  const int64_t last = page_start(std::max<int64_t>(0, block.available - 1));
  const int64_t start = page_start(block.offset);
  command.offset = std::clamp<int64_t>(start + pages * kDigitsPerPage, 0, last);
  return command;
}

double psnr_of(double mse) { return mse <= 0 ? 99 : std::min(99.0, -10 * std::log10(mse)); }

std::string range_text(const ReconstructionBlock& block) {
  const int64_t shown = static_cast<int64_t>(block.labels.size());
  if (shown == 0) return "none";
  return widgets::grouped(block.offset + 1) + "–" + widgets::grouped(block.offset + shown) + " of " +
         widgets::grouped(std::max(block.available, block.offset + shown));
}

std::string psnr_sentence(const ReconstructionBlock& block, const std::string& dataset) {
  if (block.psnr_count == 0) {
    return "Not measured yet. It appears after the autoencoder's training or a full evaluation.";
  }
  const std::string over =
      "Measured over " + widgets::grouped(block.psnr_count) + " test digits; higher is sharper. ";
  if (dataset != "MNIST")
    return over + "The comparison with 64 principal components is known for MNIST only.";
  const std::string better =
      block.psnr > kPca64Psnr ? "this autoencoder is better." : "this autoencoder is not better yet.";
  return over + "64 principal components, a linear code of the same size, reach 21.1 dB: " + better;
}

}  // namespace lf::app::panels
