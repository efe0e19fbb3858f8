// IDX files in other forms than MNIST's: what they are in words, and the forms that can only mean one thing.
#pragma once

#include <string>
#include <vector>

#include "files/idx/idx.h"

namespace lf {

/// What the header of an IDX file says.
struct IdxShape {
  uint8_t type = 0;               ///< code of the type of number: 0x08 unsigned bytes … 0x0E 64-bit floats
  std::vector<uint64_t> extents;  ///< of each dimension
  size_t header = 0;              ///< bytes before the first number
  bool whole = false;             ///< the numbers fill the rest of the file exactly
};

/// The shape of an IDX file of any kind; no extents where the bytes are none.
IdxShape idx_shape(const std::vector<uint8_t>& bytes);

/// "32-bit integers in two dimensions (60000 x 8)".
std::string shape_words(const IdxShape& shape);

/// Why the file is no IDX file of images (or of labels): what lies there instead, and what to do.
std::string not_idx_reason(const IdxFile& file, bool images);

/// An image file as unsigned bytes (N, 28, 28): taken are also (N, 784) and dimensions of extent 1. Anything
/// else is given back unchanged, so that its parser says what is wrong.
IdxFile usual_images(IdxFile file);
/// A label file as unsigned bytes (N): taken are also integers of other widths, and column 0 of QMNIST's
/// eight columns of 32-bit integers, which is the class.
IdxFile usual_labels(IdxFile file);
/// An image file (usual form) with rows and columns of each image exchanged: EMNIST stores them so.
IdxFile transposed_images(IdxFile file);

}  // namespace lf
