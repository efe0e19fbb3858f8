// IDX files in other forms than MNIST's: their description, and the conversion of unambiguous
// forms.
#pragma once

#include <string>
#include <vector>

#include "files/idx/idx.h"

namespace lf::files {

/// The content of an IDX file's header.
struct IdxShape {
  uint8_t type = 0;               ///< code of the type of number: 0x08 unsigned bytes … 0x0E 64-bit floats
  std::vector<uint64_t> extents;  ///< of each dimension
  size_t header = 0;              ///< bytes before the first number
  bool whole = false;             ///< the numbers exactly fill the rest of the file
};

/// The shape of an IDX file of any kind; no extents if the bytes are not IDX.
IdxShape idx_shape(const std::vector<uint8_t>& bytes);

/// "32-bit integers in two dimensions (60000 x 8)".
std::string shape_words(const IdxShape& shape);

/// Why the file is no IDX file of images (or of labels): what was found instead, and what to do.
std::string not_idx_reason(const IdxFile& file, bool images);

/// An image file as unsigned bytes (N, 28, 28). (N, 784) and dimensions of extent 1 are accepted
/// too. Anything else is returned unchanged, so that its parser reports the error.
IdxFile usual_images(IdxFile file);
/// A label file as unsigned bytes (N). Integers of other widths are accepted too, and column 0 of
/// QMNIST's eight columns of 32-bit integers, which is the class.
IdxFile usual_labels(IdxFile file);
/// An image file (usual form) with rows and columns of each image exchanged: EMNIST stores them so.
IdxFile transposed_images(IdxFile file);

}  // namespace lf::files
