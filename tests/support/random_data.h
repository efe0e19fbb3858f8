// A small data set of random images, for tools that need the digits a model was trained on.
#pragma once

#include "base/image_shape.h"
#include "data/data_tensors.h"
#include "data/generator.h"

namespace lf {

/// The same every time; labels 0 to 9 in turn.
inline data::DataTensors random_data(int64_t train = 200, int64_t test = 40) {
  auto g = data::make_generator(3, Purpose::HeldOut);
  const auto pixels = [&](int64_t n) { return at::randint(0, 256, {n, kDigitPixels}, g, at::kByte); };
  return {pixels(train), at::arange(train, at::kLong).remainder(10), pixels(test),
          at::arange(test, at::kLong).remainder(10)};
}

}  // namespace lf
