// Converts tensors to the plain values that lab tools publish.
#pragma once

#include <ATen/ATen.h>

#include <cmath>
#include <cstdint>
#include <vector>

namespace lf::lab {

/// All values in row-major order, as bytes.
inline std::vector<uint8_t> bytes_of(const at::Tensor& values) {
  const at::Tensor plain = values.to(at::kByte).contiguous();
  return {plain.data_ptr<uint8_t>(), plain.data_ptr<uint8_t>() + plain.numel()};
}

/// All values in row-major order, as floats in the processor's memory.
inline std::vector<float> floats_of(const at::Tensor& values) {
  const at::Tensor plain = values.to(at::kCPU, at::kFloat).contiguous();
  return {plain.data_ptr<float>(), plain.data_ptr<float>() + plain.numel()};
}

/// Appends the same to existing values.
inline void append(std::vector<float>& to, const at::Tensor& values) {
  const std::vector<float> more = floats_of(values);
  to.insert(to.end(), more.begin(), more.end());
}

/// Root mean square of all values.
inline double rms(const at::Tensor& values) {
  return std::sqrt(values.to(at::kDouble).square().mean().item<double>());
}

}  // namespace lf::lab
