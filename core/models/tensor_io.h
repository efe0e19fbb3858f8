// Between tensors in memory and tensors in a safetensors file.
#pragma once

#include <ATen/ATen.h>

#include <map>
#include <string>

#include "files/safetensors.h"

namespace lf {

/// A copy of `value` in the bytes of a file (contiguous, on the CPU; float32, float64, int64, uint8 and bool
/// keep their type).
TensorBytes file_bytes(const at::Tensor& value);

/// The tensor in `bytes`; float16 and bfloat16 become float32. Throws InputError naming `name` for types it
/// does not know.
at::Tensor to_tensor(const TensorBytes& bytes, const std::string& name);

/// All tensors of a file whose names begin with `prefix`, under their full names.
std::map<std::string, at::Tensor> to_tensors(const Safetensors& file, const std::string& prefix = "");

/// Adds every tensor of `tensors` to `file`.
void add_tensors(Safetensors& file, const std::map<std::string, at::Tensor>& tensors);

}  // namespace lf
