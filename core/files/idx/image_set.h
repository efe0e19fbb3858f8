// A data set in memory as bytes; data/data_tensors.h has it as tensors.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "base/image_sheet.h"

namespace lf::files {

/// N labelled images.
struct ImageSet {
  ImageSheet images;            ///< (N), 0 = paper and 255 = ink
  std::vector<uint8_t> labels;  ///< (N), each below kClasses
  size_t size() const { return labels.size(); }
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

}  // namespace lf::files
