// The weights of a VelocityDit as they are at one moment, arranged for VelocityInference.
#pragma once

#include <ATen/core/Tensor.h>

#include <string>
#include <vector>

#include "kernels/bfloat/packed_weight.h"
#include "models/velocity_dit.h"

namespace lf {

struct PackedVelocityBlock {
  PackedVelocityBlock(const ParameterSet& parameters, const std::string& prefix, Arithmetic arithmetic);

  at::Tensor modulation_bias;  ///< (6W)
  PackedWeight qkv, proj, fc1, fc2;
};

/// Copies: what is trained afterwards does not change them.
struct PackedVelocityDit {
  /// `precision` is that of the products inside the blocks; what goes in and comes out stays float32.
  explicit PackedVelocityDit(const VelocityDit& net, Arithmetic arithmetic = Arithmetic::Float32);

  PackedWeight patch, time_in, time_out, modulation, final_modulation, final;
  at::Tensor positions, labels;  ///< (T, W), (11, W)
  std::vector<PackedVelocityBlock> blocks;
};

}  // namespace lf
