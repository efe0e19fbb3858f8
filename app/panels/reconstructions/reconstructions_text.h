// What the Reconstructions page says, without drawing.
#pragma once

#include <string>

#include "protocol/commands.h"
#include "protocol/snapshot.h"

namespace lf {

/// PSNR in dB of 64 principal components on MNIST, clipped to [0, 1]: what 64 numbers give without learning.
constexpr double kPca64Psnr = 21.1;
/// Digits on one page of the grid.
constexpr int64_t kDigitsPerPage = 60;

/// The filter that produced `block`, to change one thing of.
InspectCommand inspect_again(const ReconstructionBlock& block);
/// The first digit of the page that holds `index`.
int64_t page_start(int64_t index);
/// The same filter some pages further (back when negative); stays within what is available.
InspectCommand turn_page(const ReconstructionBlock& block, int pages);

/// PSNR of one picture with this mean squared error, in dB; 99 at most.
double psnr_of(double mse);
/// "1–60 of 10,000"
std::string range_text(const ReconstructionBlock& block);
/// What the PSNR means, beside the yardstick where the data set is MNIST.
std::string psnr_sentence(const ReconstructionBlock& block, const std::string& dataset);

}  // namespace lf
