#include "library/picture.h"

#include "files/digit/picture.h"

namespace lf::library {

at::Tensor load_digit_picture(const std::string& path) {
  const files::DigitPixels pixels = files::read_digit_picture(path);
  return at::tensor(at::ArrayRef<uint8_t>(pixels.data(), pixels.size()), at::kByte);
}

}  // namespace lf::library
