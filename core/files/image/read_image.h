// Reads images of every common format; their header is checked before memory is reserved.
#pragma once

#include "files/image/png.h"

namespace lf::files {

/// Reads an image (PNG, also JPEG, BMP or GIF's first frame) of at most 16,384 pixels per side with
/// `channels` channels (0: as stored). Throws InputError naming the file otherwise.
Image8 read_image(const std::filesystem::path& path, int channels = 0);
/// The same from bytes in memory; `name` is used in errors.
Image8 decode_image(const std::vector<uint8_t>& bytes, const std::string& name, int channels = 0);

}  // namespace lf::files
