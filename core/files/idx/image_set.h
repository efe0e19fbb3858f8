#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "base/image_shape.h"

namespace lf {

/// N labelled grey images: `pixels` is (N, 28, 28) with 0 = paper and 255 = ink, `labels` is (N) in
/// 0…9.
struct ImageSet {
  std::vector<uint8_t> pixels;
  std::vector<uint8_t> labels;
  size_t size() const { return labels.size(); }
  /// The 784 pixels of image i.
  const uint8_t* image(size_t i) const { return pixels.data() + i * kDigitPixels; }
};

/// A data set: a training and a test part, and its source.
struct Dataset {
  std::string name;    ///< "MNIST", "stroke digits", or the folder's name
  std::string source;  ///< path, or "built in"
  std::string digest;  ///< SHA-256 over the SHA-256 digests (hex) of the four decompressed files
  bool is_mnist = false;
  bool builtin = false;
  ImageSet train, test;
};

}  // namespace lf
