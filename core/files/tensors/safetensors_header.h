// The header of a safetensors file: it is checked completely before any tensor is read.
#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "files/tensors/safetensors.h"

namespace lf::files {

/// Range of one tensor's bytes in the data part of a file: [begin, end).
struct TensorSpan {
  std::string name;
  std::string dtype;
  std::vector<int64_t> shape;
  uint64_t begin = 0, end = 0;
};

/// A checked header: spans in the order of their bytes, without gap or overlap, covering the whole data part.
struct SafetensorsHeader {
  std::vector<TensorSpan> spans;
  std::map<std::string, std::string> metadata;
};

/// Enough for 100,000 tensors. The format's own library allows 100 MB, but as JSON in memory such a
/// header would be gigabytes.
inline constexpr uint64_t kMaxHeaderBytes = 16'000'000;
inline constexpr size_t kMostExtents = 64;  ///< of one shape

/// Reads the header's length of a file of `file_bytes` bytes from its first `n` bytes (kKindBytes,
/// fewer in a short file). Throws InputError when it is not a safetensors file; weights in other
/// formats are named, with what to do.
uint64_t safetensors_header_length(const uint8_t* first, size_t n, uint64_t file_bytes,
                                   const std::string& name);

/// Parses and checks the JSON header of a file whose data part has data_bytes bytes. Throws InputError.
SafetensorsHeader parse_safetensors_header(const std::string& json, uint64_t data_bytes,
                                           const std::string& name);

/// The JSON header, padded, and the spans in writing order. Throws InputError for content that does not fit.
std::string build_safetensors_header(const Safetensors& content, std::vector<TensorSpan>& spans);

}  // namespace lf::files
