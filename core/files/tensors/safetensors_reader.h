// For large weights: reads them without a second copy in memory.
#pragma once
#include <filesystem>
#include <fstream>

#include "files/tensors/safetensors_header.h"

namespace lf::files {

/// An open safetensors file with a checked header; its tensors are read one by one, on demand.
class SafetensorsReader {
 public:
  /// Throws InputError (one line naming the file) for anything that is not a valid safetensors
  /// file.
  explicit SafetensorsReader(const std::filesystem::path& path);

  const SafetensorsHeader& header() const { return header_; }
  const std::filesystem::path& path() const { return path_; }
  /// The tensor of one span of the header. Throws InputError if the file ends early.
  TensorBytes read(const TensorSpan& span);

 private:
  std::filesystem::path path_;
  std::ifstream in_;
  SafetensorsHeader header_;
  uint64_t data_at_ = 0;  ///< start of the data part
};

}  // namespace lf::files
