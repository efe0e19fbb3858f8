// Arrays for Python: NumPy's .npy files.
#pragma once
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "base/image_sheet.h"

namespace lf::files {

/// A NumPy array in memory: the element type as NumPy spells it, shape, little-endian C-order bytes.
struct NpyArray {
  std::string descr;           ///< "|u1", "<i8", "<f4" or "<f8"
  std::vector<int64_t> shape;  ///< empty for a scalar
  std::vector<uint8_t> bytes;
};

/// Writes an array (format 1.0), atomically. Throws InputError when data and shape disagree, RunError when
/// writing fails.
void write_npy(const std::filesystem::path& path, const NpyArray& array);
void write_npy(const std::filesystem::path& path, const std::vector<int64_t>& shape,
               const std::vector<uint8_t>& values);
void write_npy(const std::filesystem::path& path, const std::vector<int64_t>& shape,
               const std::vector<int64_t>& values);
void write_npy(const std::filesystem::path& path, const std::vector<int64_t>& shape,
               const std::vector<float>& values);

/// Images as (count, height, width).
void write_npy(const std::filesystem::path& path, const ImageSheet& images);

/// Reads an array of one of the types above in C order (format 1.0 or 2.0). Throws InputError otherwise.
NpyArray read_npy(const std::filesystem::path& path);
/// The same from a file's bytes in memory; `name` is used in errors.
NpyArray parse_npy(const std::vector<uint8_t>& file, const std::string& name);

}  // namespace lf::files
