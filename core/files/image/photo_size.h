// Protects the readers of photographs from headers with impossible sizes.
#pragma once
#include <cstdint>
#include <string>

namespace lf::files {

/// Throws InputError for an image whose header announces more than kMostPhotoPixels, or more than a
/// file of so many bytes can hold: a decoder may reserve what the header announces.
void check_photo_size(uint64_t width, uint64_t height, uint64_t file_bytes, const std::string& name);

}  // namespace lf::files
