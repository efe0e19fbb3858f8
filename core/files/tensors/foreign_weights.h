// Weights in unsupported formats: their name, and what to do.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>

namespace lf::files {

/// Why the file `name` with these first `n` bytes (kKindBytes are enough) is no safetensors file,
/// and what to do: "it is a GGUF model; …". "" if nothing speaks against one.
std::string foreign_weights(const uint8_t* first, size_t n, const std::string& name);

}  // namespace lf::files
