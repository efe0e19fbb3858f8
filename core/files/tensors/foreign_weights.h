// Weights in formats that are not read here: named for what they are, with what to do.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>

namespace lf {

/// Why the file `name`, which opens with these `n` bytes (kKindBytes are enough), is no safetensors file and
/// what to do: "it is a GGUF model; …". "" where nothing speaks against one.
std::string foreign_weights(const uint8_t* first, size_t n, const std::string& name);

}  // namespace lf
