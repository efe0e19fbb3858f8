// The weights of a VelocityDit at one moment, packed for VelocityInference.
#pragma once

#include <ATen/core/Tensor.h>

#include <string>
#include <vector>

#include "kernels/bfloat/packed_weight.h"
#include "models/velocity_dit.h"

namespace lf::models {

struct PackedVelocityBlock {
  PackedVelocityBlock(const ParameterSet& parameters, const std::string& prefix,
                      kernels::Arithmetic arithmetic);

  at::Tensor modulation_bias;  ///< (6W)
  kernels::PackedWeight qkv, proj, fc1, fc2;
};

/// Copies the weights: later training does not change them.
struct PackedVelocityDit {
  /// `precision` applies to the products inside the blocks; input and output stay float32.
  explicit PackedVelocityDit(const VelocityDit& net,
                             kernels::Arithmetic arithmetic = kernels::Arithmetic::Float32);

  kernels::PackedWeight patch, time_in, time_out, modulation, final_modulation, final;
  at::Tensor positions, labels;  ///< (T, W), (11, W)
  std::vector<PackedVelocityBlock> blocks;
};

}  // namespace lf::models
