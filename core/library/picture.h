// Converts any image of a digit to the form of a training digit.
#pragma once

#include <ATen/ATen.h>

#include <string>

namespace lf::library {

/// Reads a photograph or drawing (files/digit/picture.h) and finds the digit in it, centred in 28×28 by its
/// mass as MNIST does. Returns uint8 (784). Throws InputError for files that hold no picture or an empty one.
at::Tensor load_digit_picture(const std::string& path);

}  // namespace lf::library
