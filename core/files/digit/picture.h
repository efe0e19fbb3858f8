// A photograph of a digit, made to look like a training digit.
#pragma once
#include <array>
#include <cstdint>
#include <filesystem>
#include <string>

#include "files/image/photo.h"

namespace lf {

/// 28 x 28 greys, row by row from the top; 255 is ink.
using DigitPixels = std::array<uint8_t, 784>;

/// Finds the digit in a photograph as a person sees it: ink of any colour against paper of any shade, without
/// specks, ruled lines and a scanner's dark edges; as dark as ink can be, in lines not much thinner than
/// those of MNIST. Scales it into 20 x 20 and centres it in 28 x 28 by its mass, as MNIST does. A picture
/// that has the size of a training digit already, on plain black or white, is only cropped and centred.
/// Throws InputError, calling the picture `name`, where nothing is written.
DigitPixels digit_in(const Photo& photo, const std::string& name);

/// The same for a file. Throws InputError in one line that names it.
DigitPixels read_digit_picture(const std::filesystem::path& path);

}  // namespace lf
