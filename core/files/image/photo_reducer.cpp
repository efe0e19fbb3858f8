#include "files/image/photo_reducer.h"

#include <algorithm>
#include <cstring>

namespace lf::files {

int reduction_of(int width, int height) { return (std::max(width, height) + kPhotoSide - 1) / kPhotoSide; }

PhotoReducer::PhotoReducer(int width, int height)
    : width_(width), height_(height), factor_(reduction_of(width, height)) {
  photo_.width = (width + factor_ - 1) / factor_;
  photo_.height = (height + factor_ - 1) / factor_;
  const size_t numbers = size_t(photo_.width) * size_t(photo_.height) * 4;
  if (factor_ == 1)
    photo_.rgba.resize(numbers);
  else
    sums_.resize(numbers);
}

void PhotoReducer::add(int y, int x, int step, const uint8_t* rgba, int n) {
  if (factor_ == 1) {
    uint8_t* row = photo_.rgba.data() + 4 * size_t(y) * size_t(width_);
    for (int i = 0; i < n; ++i, x += step) std::memcpy(row + 4 * size_t(x), rgba + 4 * size_t(i), 4);
    return;
  }
  uint64_t* row = sums_.data() + 4 * size_t(y / factor_) * size_t(photo_.width);
  for (int i = 0; i < n; ++i, x += step, rgba += 4) {
    uint64_t* cell = row + 4 * size_t(x / factor_);
    for (int c = 0; c < 3; ++c) cell[c] += uint64_t(rgba[c]) * rgba[3];
    cell[3] += rgba[3];
  }
}

Photo PhotoReducer::finish() const {
  if (factor_ == 1) return photo_;
  Photo photo{photo_.width, photo_.height, std::vector<uint8_t>(sums_.size())};
  for (int y = 0; y < photo.height; ++y) {
    const int rows = std::min(factor_, height_ - y * factor_);
    for (int x = 0; x < photo.width; ++x) {
      const int columns = std::min(factor_, width_ - x * factor_);
      const size_t at = 4 * (size_t(y) * size_t(photo.width) + size_t(x));
      const uint64_t opacity = std::max<uint64_t>(1, sums_[at + 3]),
                     area = uint64_t(rows) * uint64_t(columns);
      for (size_t c = 0; c < 3; ++c) photo.rgba[at + c] = uint8_t((sums_[at + c] + opacity / 2) / opacity);
      photo.rgba[at + 3] = uint8_t((sums_[at + 3] + area / 2) / area);
    }
  }
  return photo;
}

}  // namespace lf::files
