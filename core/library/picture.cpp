#include "library/picture.h"

#include "files/digit/picture.h"

namespace lf {

at::Tensor load_digit_picture(const std::string& path) {
  const DigitPixels pixels = read_digit_picture(path);
  return at::tensor(at::ArrayRef<uint8_t>(pixels.data(), pixels.size()), at::kByte);
}

}  // namespace lf
