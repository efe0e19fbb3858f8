#include "models/velocity_dit.h"

#include <ATen/core/grad_mode.h>

#include <cmath>

#include "base/classes.h"
#include "base/errors.h"
#include "models/adaptive_block.h"
#include "models/autoencoder.h"
#include "models/preconditioning.h"

namespace lf::models {
namespace {

constexpr int64_t kFrequencies = 32;

const VelocityDitConfig& checked(const VelocityDitConfig& c) {
  if (c.patch < 1 || kLatentSide % c.patch != 0) {
    throw InputError("flow.patch " + std::to_string(c.patch) +
                     " does not divide the latent side 4; give 1, 2 or 4");
  }
  if (c.width % c.heads != 0) {
    throw InputError("flow.heads " + std::to_string(c.heads) + " does not divide flow.width " +
                     std::to_string(c.width) + "; choose a divisor");
  }
  return c;
}

Initial fan_in(int64_t inputs) { return Initial::normal(1.0 / std::sqrt(static_cast<double>(inputs))); }

/// Root-mean-square normalisation over the head width (Zhang & Sennrich 2019), so that attention logits stay
/// bounded.
at::Tensor rms_norm(const at::Tensor& x) { return x * at::rsqrt(x.square().mean({-1}, true) + 1e-6); }

}  // namespace

int64_t velocity_hidden_width(const VelocityDitConfig& config) {
  return std::llround(config.mlp_ratio * static_cast<double>(config.width));
}

std::vector<ParameterSpec> velocity_dit_layout(const VelocityDitConfig& config) {
  const VelocityDitConfig& c = checked(config);
  const int64_t w = c.width, hidden = velocity_hidden_width(c), patch = c.patch * c.patch * kLatentChannels;
  const int64_t tokens = (kLatentSide / c.patch) * (kLatentSide / c.patch);
  std::vector<ParameterSpec> specs{
      {"patch.weight", {w, patch}, fan_in(patch)},
      {"positions", {tokens, w}, Initial::normal(0.02)},
      {"time.0.weight",
       {w, 2 * kFrequencies},
       fan_in(kFrequencies)},  // cos² + sin² = 1: half of the inputs count
      {"time.2.weight", {w, w}, fan_in(w)},
      {"labels", {kClasses + 1, w}, Initial::normal(0.5)},
      {"modulation.weight", {6 * w, w}, Initial::zero()},
  };
  for (int64_t i = 0; i < c.blocks; ++i) {
    const auto block = "blocks." + std::to_string(i);
    specs.push_back({block + ".modulation.bias", {6 * w}, Initial::zero()});
    specs.push_back({block + ".qkv.weight", {3 * w, w}, fan_in(w)});
    specs.push_back({block + ".proj.weight", {w, w}, fan_in(w)});
    specs.push_back({block + ".fc1.weight", {hidden, w}, fan_in(w)});
    specs.push_back({block + ".fc2.weight", {w, hidden}, fan_in(hidden)});
  }
  specs.push_back({"final.modulation.weight", {2 * w, w}, Initial::zero()});
  specs.push_back({"final.weight", {patch, w}, Initial::zero()});
  return specs;
}

VelocityDit::VelocityDit(const VelocityDitConfig& config, at::Generator generator, bool trainable)
    : VelocityDit(config, ParameterSet(velocity_dit_layout(config), std::move(generator), trainable)) {}

VelocityDit::VelocityDit(const VelocityDitConfig& config, ParameterSet parameters)
    : config_(config),
      grid_(kLatentSide / config.patch),
      tokens_(grid_ * grid_),
      patch_size_(config.patch * config.patch * kLatentChannels),
      parameters_(std::move(parameters)),
      frequencies_(
          (2 * M_PI * at::logspace(std::log10(0.1), std::log10(16.0), kFrequencies, 10.0, at::kFloat))
              .to(parameters_.device())) {}

std::unique_ptr<VelocityNet> VelocityDit::shadow() const {
  return std::unique_ptr<VelocityNet>(new VelocityDit(config_, parameters_.shadow()));
}

std::unique_ptr<VelocityNet> VelocityDit::copy() const {
  return std::unique_ptr<VelocityNet>(new VelocityDit(config_, parameters_.copy()));
}

void VelocityDit::move_to(at::Device device, bool trainable) {
  parameters_.move_to(device, trainable);
  frequencies_ = frequencies_.to(device);
}

double VelocityDit::flop_per_digit() const {
  const auto w = static_cast<double>(config_.width), tokens = static_cast<double>(tokens_);
  const double block = w * w * (4 + 2 * config_.mlp_ratio);
  const double per_token =
      static_cast<double>(config_.blocks) * block + 2 * w * static_cast<double>(patch_size_);
  return 2 * (tokens * per_token + w * w * 9 + 2 * kFrequencies * w);
}

int64_t VelocityDit::slice_digits() const { return digits_in_slice(flop_per_digit(), parameters_.device()); }

at::Tensor VelocityDit::patchify(const at::Tensor& x) const {
  const int64_t p = config_.patch;
  return x.reshape({-1, kLatentChannels, grid_, p, grid_, p})
      .permute({0, 2, 4, 3, 5, 1})
      .reshape({-1, tokens_, patch_size_});  // (B, T, p·p·C), raster order of tokens
}

at::Tensor VelocityDit::unpatchify(const at::Tensor& tokens) const {
  const int64_t p = config_.patch;
  return tokens.reshape({-1, grid_, grid_, p, p, kLatentChannels})
      .permute({0, 5, 1, 3, 2, 4})
      .reshape({-1, kLatentChannels, kLatentSide, kLatentSide});
}

at::Tensor VelocityDit::network_input(const at::Tensor& x, const at::Tensor& t) const {
  return config_.precondition ? preconditioned_input(x, t) : x;
}

at::Tensor VelocityDit::known_velocity(const at::Tensor& x, const at::Tensor& t) const {
  return config_.precondition ? gaussian_velocity(x, t) : at::Tensor();
}

at::Tensor VelocityDit::time_features(const at::Tensor& t) const {
  const at::Tensor angles = t.to(at::kFloat).unsqueeze(1) * frequencies_;  // (B, 32)
  return at::cat({at::cos(angles), at::sin(angles)}, 1);
}

at::Tensor VelocityDit::condition(const at::Tensor& t, const at::Tensor& labels) const {
  const at::Tensor hidden = at::silu(at::linear(time_features(t), parameters_.named("time.0.weight")));
  return at::linear(hidden, parameters_.named("time.2.weight")) +
         at::embedding(parameters_.named("labels"), labels);
}

at::Tensor VelocityDit::attention(const at::Tensor& h, const std::string& block, BlockProbe* probe) const {
  const int64_t head_width = config_.width / config_.heads;
  const at::Tensor qkv = at::linear(h, parameters_.named(block + ".qkv.weight"))
                             .view({-1, tokens_, 3, config_.heads, head_width});
  const at::Tensor q = rms_norm(qkv.select(2, 0)).transpose(1, 2);  // (B, heads, T, head width)
  const at::Tensor k = rms_norm(qkv.select(2, 1)).transpose(1, 2);
  const at::Tensor v = qkv.select(2, 2).transpose(1, 2);
  if (probe) probe->attention = attention_weights(q, k);
  const at::Tensor mixed = at::scaled_dot_product_attention(q, k, v);
  return at::linear(mixed.transpose(1, 2).reshape({-1, tokens_, config_.width}),
                    parameters_.named(block + ".proj.weight"));
}

at::Tensor VelocityDit::mlp(const at::Tensor& h, const std::string& block) const {
  const at::Tensor hidden = at::relu(at::linear(h, parameters_.named(block + ".fc1.weight")));
  return at::linear(hidden.square(), parameters_.named(block + ".fc2.weight"));
}

at::Tensor VelocityDit::forward(const at::Tensor& x, const at::Tensor& t, const at::Tensor& labels) const {
  const at::Device home = parameters_.device();
  return run(x.to(home), t.to(home), labels.to(home), nullptr).to(x.device());
}

at::Tensor VelocityDit::probe(const at::Tensor& x, const at::Tensor& t, const at::Tensor& labels,
                              VelocityProbe& probe) const {
  const at::NoGradGuard no_grad;
  const at::Device home = parameters_.device();
  probe = {};
  return run(x.to(home), t.to(home), labels.to(home), &probe).to(x.device());
}

at::Tensor VelocityDit::run(const at::Tensor& x, const at::Tensor& t, const at::Tensor& labels,
                            VelocityProbe* probe) const {
  const at::Tensor tokens = patchify(network_input(x, t)), known = known_velocity(x, t);
  at::Tensor h = at::linear(tokens, parameters_.named("patch.weight")) + parameters_.named("positions");
  const at::Tensor c = at::silu(condition(t, labels));                              // (B, W)
  const at::Tensor shared = at::linear(c, parameters_.named("modulation.weight"));  // (B, 6W)
  if (probe) probe->time_features = time_features(t);
  for (int64_t i = 0; i < config_.blocks; ++i) {
    const auto block = "blocks." + std::to_string(i);
    BlockProbe* noted = probe ? &probe->blocks.emplace_back() : nullptr;
    h = adaptive_block(
        h, shared + parameters_.named(block + ".modulation.bias"),
        [&](const at::Tensor& normed) { return attention(normed, block, noted); },
        [&](const at::Tensor& normed) { return mlp(normed, block); }, noted);
  }
  const auto f = at::linear(c, parameters_.named("final.modulation.weight")).unsqueeze(1).chunk(2, 2);
  const at::Tensor v = unpatchify(at::linear(modulated(h, f[0], f[1]), parameters_.named("final.weight")));
  return known.defined() ? known + v : v;
}

}  // namespace lf::models
