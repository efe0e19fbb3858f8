#include "experiment/picture.h"

#include <algorithm>
#include <cmath>

#include "files/png.h"
#include "messages/errors.h"

namespace lf {
namespace {

constexpr int64_t kBox = 20;           ///< MNIST digits fill a box of 20×20 …
constexpr double kInkThreshold = 0.1;  ///< … measured where ink is visible

at::Tensor luminance(const Image8& image) {
  const int64_t h = image.height, w = image.width, c = image.channels;
  const at::Tensor all =
      at::tensor(at::ArrayRef<uint8_t>(image.pixels), at::kByte).view({h, w, c}).to(at::kFloat) / 255;
  if (c < 3) return all.select(2, 0);
  return 0.299 * all.select(2, 0) + 0.587 * all.select(2, 1) + 0.114 * all.select(2, 2);
}

/// The border tells the paper: light paper means dark ink.
at::Tensor as_ink(const at::Tensor& grey) {
  const at::Tensor border =
      at::cat({grey.select(0, 0), grey.select(0, -1), grey.select(1, 0), grey.select(1, -1)});
  return border.mean().item<double>() > 0.5 ? 1 - grey : grey;
}

at::Tensor crop_to_ink(const at::Tensor& ink, const std::string& path) {
  const at::Tensor marks = (ink > kInkThreshold).nonzero();
  if (marks.size(0) == 0) throw InputError(path + ": the picture is empty; draw a digit in it");
  const auto range = [&](int64_t axis) {
    const at::Tensor column = marks.select(1, axis);
    return std::pair{column.min().item<int64_t>(), column.max().item<int64_t>() + 1};
  };
  const auto [top, bottom] = range(0);
  const auto [left, right] = range(1);
  return ink.narrow(0, top, bottom - top).narrow(1, left, right - left);
}

}  // namespace

at::Tensor load_digit_picture(const std::string& path) {
  const at::Tensor ink = crop_to_ink(as_ink(luminance(read_png(path))), path);
  const double scale = static_cast<double>(kBox) / static_cast<double>(std::max(ink.size(0), ink.size(1)));
  const auto scaled = [&](int64_t n) {
    return std::max<int64_t>(1, std::llround(static_cast<double>(n) * scale));
  };
  const at::Tensor small = at::adaptive_avg_pool2d(ink.view({1, 1, ink.size(0), ink.size(1)}),
                                                   {scaled(ink.size(0)), scaled(ink.size(1))})[0][0];
  const double mass = std::max(1e-6, small.sum().item<double>());
  const auto centre = [&](int64_t axis) {
    const at::Tensor positions = at::arange(small.size(axis), at::kFloat) + 0.5;
    return (small.sum(1 - axis) * positions).sum().item<double>() / mass;
  };
  const auto offset = [&](int64_t axis) {
    const auto wanted = static_cast<int64_t>(std::llround(14 - centre(axis)));
    return std::clamp<int64_t>(wanted, 0, 28 - small.size(axis));
  };
  at::Tensor canvas = at::zeros({28, 28}, at::kFloat);
  canvas.narrow(0, offset(0), small.size(0)).narrow(1, offset(1), small.size(1)).copy_(small);
  return canvas.mul(255).round().clamp(0, 255).to(at::kByte).view({784});
}

}  // namespace lf
