// Photographs as JPEG, read row by row: a large one is reduced before it fills the memory.
#pragma once
#include <cstdio>
#include <string>

#include "files/image/photo.h"

namespace lf::files {

/// True where this build reads JPEG through libjpeg.
bool reads_jpeg_rows();

/// A JPEG from the file's beginning on, reduced as photo.h says, not turned. `file_bytes` is its size. Throws
/// InputError that calls it `name`.
Photo read_jpeg_photo(std::FILE* file, uint64_t file_bytes, const std::string& name);

}  // namespace lf::files
