// Converts a photograph of a digit to the form of a training digit.
#pragma once
#include <array>
#include <cstdint>
#include <filesystem>
#include <string>

#include "base/image_shape.h"
#include "files/image/photo.h"

namespace lf::files {

/// 28 x 28 greys, row by row from the top; 255 is ink.
using DigitPixels = std::array<uint8_t, kDigitPixels>;

/// Finds the digit in a photograph: ink of any colour on paper of any shade, without specks, ruled
/// lines and a scanner's dark edges. The ink becomes fully dark, in lines not much thinner than
/// those of MNIST. The digit is scaled into 20 x 20 and centred in 28 x 28 by its mass, like MNIST.
/// An image with the size of a training digit, on plain black or white, is only cropped and
/// centred. Throws InputError, calling the image `name`, if nothing is written.
DigitPixels digit_in(const Photo& photo, const std::string& name);

/// The same for a file. Throws InputError in one line that names it.
DigitPixels read_digit_picture(const std::filesystem::path& path);

}  // namespace lf::files
