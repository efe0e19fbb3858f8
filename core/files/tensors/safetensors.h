// The file format of models, checkpoints and published weights.
#pragma once
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace lf::files {

/// One tensor of a file: element type by its safetensors name, shape, and little-endian row-major bytes.
struct TensorBytes {
  std::string dtype;           ///< "F64", "F32", "F16", "BF16", "F8_E4M3", "I64", "U8", "BOOL", …
  std::vector<int64_t> shape;  ///< empty for a scalar
  std::vector<uint8_t> bytes;  ///< product(shape) * size of dtype
  /// To write gigabytes without a copy: external bytes, kept alive by their owner and unchanged
  /// until the file is written. Used instead of `bytes` if there is an owner.
  struct Borrowed {
    std::shared_ptr<const void> owner;
    const uint8_t* data = nullptr;
    size_t size = 0;
  } borrowed = {};

  const uint8_t* data() const { return borrowed.owner ? borrowed.data : bytes.data(); }
  size_t size() const { return borrowed.owner ? borrowed.size : bytes.size(); }
};

/// A whole .safetensors file: named tensors and string metadata.
struct Safetensors {
  std::map<std::string, TensorBytes> tensors;
  std::map<std::string, std::string> metadata;
};

/// Reads a file and checks everything in it before any tensor is copied. Throws InputError (one
/// line naming the file) for anything that is not a valid safetensors file.
Safetensors read_safetensors(const std::filesystem::path& path);

/// Parses n bytes in memory; `name` is used in errors.
Safetensors parse_safetensors(const uint8_t* data, size_t n, const std::string& name);

/// The file's bytes: same content, same bytes. Tensors are ordered by descending alignment, then by
/// name (as in the Python package); the header is padded with spaces to a multiple of 8.
std::vector<uint8_t> serialize_safetensors(const Safetensors& content);

/// Writes the file atomically. Throws InputError when bytes do not fit a shape, RunError when writing fails.
void write_safetensors(const std::filesystem::path& path, const Safetensors& content);

/// Whole bytes per element of a safetensors type: 0 for unknown names and for types of 4 and 6 bits.
size_t dtype_size(const std::string& dtype);

}  // namespace lf::files
