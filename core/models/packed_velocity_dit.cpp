#include "models/packed_velocity_dit.h"

#include <ATen/ATen.h>

namespace lf::models {
namespace {

kernels::PackedWeight packed(const ParameterSet& parameters, const std::string& name,
                             kernels::Arithmetic arithmetic = kernels::Arithmetic::Float32) {
  return kernels::PackedWeight(parameters.named(name), arithmetic);
}

at::Tensor copied(const ParameterSet& parameters, const std::string& name) {
  return parameters.named(name).detach().clone();
}

}  // namespace

PackedVelocityBlock::PackedVelocityBlock(const ParameterSet& parameters, const std::string& prefix,
                                         kernels::Arithmetic arithmetic)
    : modulation_bias(copied(parameters, prefix + ".modulation.bias")),
      qkv(packed(parameters, prefix + ".qkv.weight", arithmetic)),
      proj(packed(parameters, prefix + ".proj.weight", arithmetic)),
      fc1(packed(parameters, prefix + ".fc1.weight", arithmetic)),
      fc2(packed(parameters, prefix + ".fc2.weight", arithmetic)) {}

PackedVelocityDit::PackedVelocityDit(const VelocityDit& net, kernels::Arithmetic arithmetic)
    : patch(packed(net.parameters(), "patch.weight")),
      time_in(packed(net.parameters(), "time.0.weight")),
      time_out(packed(net.parameters(), "time.2.weight")),
      modulation(packed(net.parameters(), "modulation.weight")),
      final_modulation(packed(net.parameters(), "final.modulation.weight")),
      final(packed(net.parameters(), "final.weight")),
      positions(copied(net.parameters(), "positions")),
      labels(copied(net.parameters(), "labels")) {
  for (int64_t i = 0; i < net.config().blocks; ++i)
    blocks.emplace_back(net.parameters(), "blocks." + std::to_string(i), arithmetic);
}

}  // namespace lf::models
