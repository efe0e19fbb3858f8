// Averages the pixels of a large picture into fewer, as they come.
#pragma once
#include <cstdint>
#include <vector>

#include "files/image/photo.h"

namespace lf {

/// How many pixels of a side become one, so that the longer side has at most kPhotoSide.
int reduction_of(int width, int height);

class PhotoReducer {
 public:
  /// Of a picture of this size, both at least 1.
  PhotoReducer(int width, int height);
  /// Takes n pixels (red, green, blue, opacity) of row y: those at x, x + step, x + 2 step …
  void add(int y, int x, int step, const uint8_t* rgba, int n);
  /// The reduced picture; every pixel must have been given once.
  Photo finish() const;

 private:
  int width_, height_, factor_;
  Photo photo_;                 ///< filled at once where nothing is reduced
  std::vector<uint64_t> sums_;  ///< of each cell: colours times opacity, opacity
};

}  // namespace lf
