#include "models/velocity_net.h"

#include <algorithm>

#include "base/errors.h"
#include "models/autoencoder.h"
#include "models/dit.h"
#include "models/velocity_dit.h"

namespace lf::models {
namespace {

VelocityDitConfig compact_config(const Settings& s) {
  return {s.flow.patch, s.flow.width, s.flow.blocks, s.flow.heads, s.flow.mlp_ratio, s.flow.precondition};
}

DitConfig dit_config(const Settings& s) {
  return {kLatentSide,   s.flow.patch, kLatentChannels, s.flow.width,
          s.flow.blocks, s.flow.heads, s.flow.mlp_ratio};
}

std::unique_ptr<VelocityNet> make_compact(const Settings& s, at::Generator generator, bool trainable) {
  return std::make_unique<VelocityDit>(compact_config(s), std::move(generator), trainable);
}

std::unique_ptr<VelocityNet> make_dit(const Settings& s, at::Generator generator, bool trainable) {
  return std::make_unique<Dit>(dit_config(s), std::move(generator), trainable);
}

}  // namespace

bool preconditioned(const Settings& settings) {
  return settings.flow.net == "compact-dit" && settings.flow.precondition;
}

int64_t digits_in_slice(double flop_per_digit, at::Device device) {
  const double flop = device.is_cpu() ? 6e9 : 4e11;  // about 50 ms on two cores, or on a small card
  return std::clamp<int64_t>(static_cast<int64_t>(flop / flop_per_digit), 4, 4096);
}

const std::vector<VelocityNetInfo>& velocity_net_table() {
  static const std::vector<VelocityNetInfo> table{
      {"compact-dit", make_compact, [](const Settings& s) { return velocity_dit_layout(compact_config(s)); }},
      {"dit", make_dit, [](const Settings& s) { return dit_layout(dit_config(s)); }},
  };
  return table;
}

const VelocityNetInfo& velocity_net_info(const std::string& name) {
  std::string known;
  for (const auto& info : velocity_net_table()) {
    if (info.name == name) return info;
    known += (known.empty() ? "" : ", ") + info.name;
  }
  throw InputError("unknown velocity network '" + name + "'; known are " + known);
}

std::unique_ptr<VelocityNet> make_velocity_net(const Settings& settings, at::Generator generator,
                                               bool trainable) {
  return velocity_net_info(settings.flow.net).make(settings, std::move(generator), trainable);
}

}  // namespace lf::models
