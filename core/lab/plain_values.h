// Tensors as the plain values that the lab's tools publish.
#pragma once

#include <ATen/ATen.h>

#include <cmath>
#include <cstdint>
#include <vector>

namespace lf {

/// All values in row-major order, as bytes.
inline std::vector<uint8_t> bytes_of(const at::Tensor& values) {
  const at::Tensor plain = values.to(at::kByte).contiguous();
  return {plain.data_ptr<uint8_t>(), plain.data_ptr<uint8_t>() + plain.numel()};
}

/// All values in row-major order, as floats of the processor's memory.
inline std::vector<float> floats_of(const at::Tensor& values) {
  const at::Tensor plain = values.to(at::kCPU, at::kFloat).contiguous();
  return {plain.data_ptr<float>(), plain.data_ptr<float>() + plain.numel()};
}

/// The same behind what is there.
inline void append(std::vector<float>& to, const at::Tensor& values) {
  const std::vector<float> more = floats_of(values);
  to.insert(to.end(), more.begin(), more.end());
}

/// Root of the mean square over all values.
inline double rms(const at::Tensor& values) {
  return std::sqrt(values.to(at::kDouble).square().mean().item<double>());
}

}  // namespace lf
