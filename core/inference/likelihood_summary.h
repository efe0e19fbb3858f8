// Summary of the likelihoods of many digits.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "base/classes.h"

namespace lf::inference {

/// Mean over some digits; NaN if there are too few.
struct MeanBits {
  int64_t count = 0;
  double mean = 0;    ///< bits per dimension
  double spread = 0;  ///< standard deviation over the digits
  double error = 0;   ///< standard error of the mean
};

struct LikelihoodSummary {
  ByClass<MeanBits> digits;  ///< by class
  MeanBits all;
};

/// bits and labels (0 … 9): one for each digit.
LikelihoodSummary summarise_likelihood(const std::vector<float>& bits, const std::vector<uint8_t>& labels);

/// Indices into `bits`, the fewest bits first; ties in their order.
std::vector<int64_t> likeliest_first(const std::vector<float>& bits);

}  // namespace lf::inference
