// Conversion between tensors in memory and tensors in a safetensors file.
#pragma once

#include <ATen/ATen.h>

#include <map>
#include <string>

#include "files/tensors/safetensors.h"

namespace lf::models {

/// `value` as a tensor of a file (contiguous, on the CPU; float32, float64, int64, uint8 and bool keep their
/// type). Contiguous values are borrowed, not copied: write the file before they change.
files::TensorBytes file_bytes(const at::Tensor& value);

/// The tensor in `bytes`; floating-point numbers of 8 and 16 bits become float32. Throws InputError
/// naming `name` for unknown types.
at::Tensor to_tensor(files::TensorBytes bytes, const std::string& name);

/// All tensors of a file, by name. The tensors take over the file's memory: pass the file with
/// std::move, and nothing is held twice.
std::map<std::string, at::Tensor> to_tensors(files::Safetensors file);

/// Adds every tensor of `tensors` to `file`.
void add_tensors(files::Safetensors& file, const std::map<std::string, at::Tensor>& tensors);

}  // namespace lf::models
