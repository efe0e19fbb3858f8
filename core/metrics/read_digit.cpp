#include "metrics/read_digit.h"

#include <ATen/ATen.h>

namespace lf::metrics {

DigitReading read_digit(const Judge& judge, const at::Tensor& pixels) {
  const auto best = at::softmax(judge.run_block(pixels.clone()).logits, 1).max(1);
  return {static_cast<int>(std::get<1>(best).item<int64_t>()), std::get<0>(best).item<double>()};
}

}  // namespace lf::metrics
