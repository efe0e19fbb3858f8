// Averages the pixels of a large image into fewer while they are read.
#pragma once
#include <cstdint>
#include <vector>

#include "files/image/photo.h"

namespace lf::files {

/// How many pixels of a side are averaged, so that the longer side has at most kPhotoSide.
int reduction_of(int width, int height);

class PhotoReducer {
 public:
  /// Of a picture of this size, both at least 1.
  PhotoReducer(int width, int height);
  /// Adds n pixels (red, green, blue, opacity) of row y: those at x, x + step, x + 2 step …
  void add(int y, int x, int step, const uint8_t* rgba, int n);
  /// The reduced image; every pixel must have been added once.
  Photo finish() const;

 private:
  int width_, height_, factor_;
  Photo photo_;                 ///< filled directly if nothing is reduced
  std::vector<uint64_t> sums_;  ///< of each cell: colours times opacity, opacity
};

}  // namespace lf::files
