#pragma once
#include <filesystem>
#include <fstream>

#include "files/tensors/safetensors_header.h"

namespace lf {

/// An open safetensors file whose header was checked; its tensors are read one by one, as somebody wants
/// them.
class SafetensorsReader {
 public:
  /// Throws InputError (one line naming the file) for anything that is not a sound safetensors file.
  explicit SafetensorsReader(const std::filesystem::path& path);

  const SafetensorsHeader& header() const { return header_; }
  const std::filesystem::path& path() const { return path_; }
  /// The tensor of one span of the header. Throws InputError where the file ends early.
  TensorBytes read(const TensorSpan& span);

 private:
  std::filesystem::path path_;
  std::ifstream in_;
  SafetensorsHeader header_;
  uint64_t data_at_ = 0;  ///< where the data part begins
};

}  // namespace lf
