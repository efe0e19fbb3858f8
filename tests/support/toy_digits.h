// Ten artificial classes that a small network distinguishes at once: class k is a bright bar in row
// band k.
#pragma once

#include <random>

#include "base/image_shape.h"
#include "base/image_sheet.h"
#include "files/idx/image_set.h"

namespace lf {

/// `count` images, labels cycling 0…9: a bar of ink at a position of the class, moved by up to one
/// pixel, with speckles; deterministic in `seed`.
inline files::ImageSet toy_digits(size_t count, unsigned seed) {
  std::mt19937 random(seed);
  files::ImageSet set;
  set.images = ImageSheet::black(count);
  for (size_t i = 0; i < count; ++i) {
    int label = static_cast<int>(i % 10);
    int row = 3 + 4 * (label % 5) + static_cast<int>(random() % 3), column = label < 5 ? 3 : 15;
    uint8_t* image = set.images.image_data(i);
    for (int y = row; y < row + 3; ++y)
      for (int x = column; x < column + 9; ++x) image[y * kDigitSide + x] = 180 + random() % 70;
    for (int speck = 0; speck < 20; ++speck) image[random() % kDigitPixels] |= random() % 60;
    set.labels.push_back(static_cast<uint8_t>(label));
  }
  return set;
}

}  // namespace lf
