#pragma once
#include <cstdint>
#include <string>

namespace lf {

/// Throws InputError for a picture that calls itself larger than kMostPhotoPixels, or larger than a file of
/// so many bytes can hold: who decodes it may reserve what its header promises.
void check_photo_size(uint64_t width, uint64_t height, uint64_t file_bytes, const std::string& name);

}  // namespace lf
