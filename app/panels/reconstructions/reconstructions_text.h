// The texts of the Reconstructions page, without drawing.
#pragma once

#include <string>

#include "protocol/commands.h"
#include "protocol/snapshot.h"

namespace lf::app::panels {

/// PSNR in dB of 64 principal components on MNIST, clipped to [0, 1]: the result of 64 dimensions
/// without training.
constexpr double kPca64Psnr = 21.1;
/// Digits on one page of the grid.
constexpr int64_t kDigitsPerPage = 60;

/// The filter that produced `block`, as a starting point for a change.
InspectCommand inspect_again(const ReconstructionBlock& block);
/// The first digit of the page that contains `index`.
int64_t page_start(int64_t index);
/// The same filter some pages later (earlier if negative); stays within the available digits.
InspectCommand turn_page(const ReconstructionBlock& block, int pages);

/// PSNR of one image with this mean squared error, in dB; 99 at most.
double psnr_of(double mse);
/// "1–60 of 10,000"
std::string range_text(const ReconstructionBlock& block);
/// The meaning of the PSNR, with the PCA baseline if the data set is MNIST.
std::string psnr_sentence(const ReconstructionBlock& block, const std::string& dataset);

}  // namespace lf::app::panels
