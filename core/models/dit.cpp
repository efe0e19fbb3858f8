#include "models/dit.h"

#include <ATen/core/grad_mode.h>

#include <cmath>

#include "base/classes.h"
#include "base/errors.h"
#include "models/adaptive_block.h"

namespace lf::models {
namespace {

constexpr double kTimePeriod = 10000, kPositionPeriod = 10000;

/// Xavier (Glorot & Bengio 2010): uniform within √(6 / (inputs + outputs)).
Initial xavier(int64_t outputs, int64_t inputs) {
  return Initial::uniform(std::sqrt(6.0 / static_cast<double>(inputs + outputs)));
}

void add_linear(std::vector<ParameterSpec>& specs, const std::string& name, int64_t outputs, int64_t inputs,
                const Initial& initial) {
  specs.push_back({name + ".weight", {outputs, inputs}, initial});
  specs.push_back({name + ".bias", {outputs}, Initial::zero()});
}

void add_block(std::vector<ParameterSpec>& specs, const std::string& block, const DitConfig& c) {
  const int64_t w = c.width, hidden = std::llround(c.mlp_ratio * static_cast<double>(w));
  add_linear(specs, block + ".attn.qkv", 3 * w, w, xavier(3 * w, w));
  add_linear(specs, block + ".attn.proj", w, w, xavier(w, w));
  add_linear(specs, block + ".mlp.fc1", hidden, w, xavier(hidden, w));
  add_linear(specs, block + ".mlp.fc2", w, hidden, xavier(w, hidden));
  add_linear(specs, block + ".adaLN_modulation.1", 6 * w, w, Initial::zero());
}

/// Sines then cosines of `positions` (N) → (N, size), computed in float64 as the reference does.
at::Tensor sinusoids(const at::Tensor& positions, int64_t size) {
  const at::Tensor k = at::arange(size / 2, at::kDouble);
  const at::Tensor frequencies = at::pow(kPositionPeriod, -k / (static_cast<double>(size) / 2));
  const at::Tensor angles = positions.unsqueeze(1) * frequencies;
  return at::cat({at::sin(angles), at::cos(angles)}, 1);
}

[[noreturn]] void refuse(const std::string& what, const std::string& hint) {
  throw InputError("this DiT cannot be built: " + what + "; " + hint);
}

}  // namespace

DitSizes dit_sizes(const DitConfig& c) {
  return {{"input_size", c.input_size}, {"patch_size", c.patch}, {"in_channels", c.channels},
          {"hidden_size", c.width},     {"depth", c.depth},      {"num_heads", c.heads}};
}

void check_dit_config(const DitConfig& c) {
  const auto text = [](int64_t n) { return std::to_string(n); };
  for (const auto& [name, value] : dit_sizes(c)) {
    if (value < 1 || value > 1 << 16) refuse(name + (" is " + text(value)), "give 1 to 65536");
  }
  if (c.input_size % c.patch != 0)
    refuse("a side of " + text(c.input_size) + " does not split into patches of " + text(c.patch),
           "choose a divisor of the side");
  if (c.width % 4 != 0)
    refuse("width " + text(c.width) + " is not a multiple of 4",
           "the sin-cos position embedding needs four equal parts");
  if (c.width % c.heads != 0)
    refuse(text(c.heads) + " heads do not divide width " + text(c.width), "choose a divisor of the width");
}

std::vector<ParameterSpec> dit_layout(const DitConfig& c) {
  check_dit_config(c);
  const int64_t w = c.width, patch = c.patch * c.patch * c.channels;
  std::vector<ParameterSpec> specs{
      {"x_embedder.proj.weight", {w, c.channels, c.patch, c.patch}, xavier(w, patch)},
      {"x_embedder.proj.bias", {w}, Initial::zero()}};
  add_linear(specs, "t_embedder.mlp.0", w, kDitTimeFeatures, Initial::normal(0.02));
  add_linear(specs, "t_embedder.mlp.2", w, w, Initial::normal(0.02));
  if (c.labelled) specs.push_back({kDitLabelTable, {kClasses + 1, w}, Initial::normal(0.02)});
  for (int64_t i = 0; i < c.depth; ++i) add_block(specs, "blocks." + std::to_string(i), c);
  add_linear(specs, "final_layer.linear", patch, w, Initial::zero());
  add_linear(specs, "final_layer.adaLN_modulation.1", 2 * w, w, Initial::zero());
  return specs;
}

at::Tensor dit_time_features(const at::Tensor& t) {
  const int64_t half = kDitTimeFeatures / 2;
  const at::Tensor k = at::arange(half, t.options().dtype(at::kFloat));
  const at::Tensor frequencies = at::exp(k * -std::log(kTimePeriod) / static_cast<double>(half));
  const at::Tensor angles = t.to(at::kFloat).unsqueeze(1) * frequencies;  // (B, 128)
  return at::cat({at::cos(angles), at::sin(angles)}, 1);
}

at::Tensor dit_positions(int64_t grid, int64_t width) {
  const at::Tensor side = at::arange(grid, at::kDouble);
  const at::Tensor column = side.repeat({grid}), row = side.repeat_interleave(grid);  // raster order
  return at::cat({sinusoids(column, width / 2), sinusoids(row, width / 2)}, 1).to(at::kFloat).unsqueeze(0);
}

at::Tensor dit_patchify(const at::Tensor& x, const DitConfig& config) {
  const int64_t g = config.grid(), p = config.patch, c = config.channels;
  return x.reshape({-1, c, g, p, g, p}).permute({0, 2, 4, 1, 3, 5}).reshape({-1, g * g, c * p * p});
}

at::Tensor dit_unpatchify(const at::Tensor& tokens, const DitConfig& config) {
  const int64_t g = config.grid(), p = config.patch, c = config.channels;
  return tokens.reshape({-1, g, g, p, p, c}).permute({0, 5, 1, 3, 2, 4}).reshape({-1, c, g * p, g * p});
}

at::Tensor dit_output_tokens(const at::Tensor& velocity, const DitConfig& config) {
  const int64_t g = config.grid(), p = config.patch, c = config.channels;
  return velocity.reshape({-1, c, g, p, g, p}).permute({0, 2, 4, 3, 5, 1}).reshape({-1, g * g, p * p * c});
}

Dit::Dit(const DitConfig& config, at::Generator generator, bool trainable)
    : config_(config),
      parameters_(dit_layout(config), std::move(generator), trainable),
      positions_(dit_positions(config.grid(), config.width)) {}

Dit::Dit(const DitConfig& config, ParameterSet parameters, at::Tensor positions)
    : config_(config), parameters_(std::move(parameters)), positions_(std::move(positions)) {}

std::unique_ptr<VelocityNet> Dit::shadow() const {
  return std::unique_ptr<VelocityNet>(new Dit(config_, parameters_.shadow(), positions_));
}

std::unique_ptr<VelocityNet> Dit::copy() const {
  return std::unique_ptr<VelocityNet>(new Dit(config_, parameters_.copy(), positions_));
}

void Dit::move_to(at::Device device, bool trainable) {
  parameters_.move_to(device, trainable);
  positions_ = positions_.to(device);
}

double Dit::flop_per_digit() const {
  const auto w = static_cast<double>(config_.width), tokens = static_cast<double>(config_.tokens());
  const double patch = static_cast<double>(config_.patch * config_.patch * config_.channels);
  const double block = w * w * (tokens * (4 + 2 * config_.mlp_ratio) + 6);  // the modulation once per digit
  const double embedding = w * (static_cast<double>(kDitTimeFeatures) + w);
  return 2 * (static_cast<double>(config_.depth) * block + embedding + 2 * w * w + 2 * tokens * w * patch);
}

void Dit::set_positions(const at::Tensor& positions) {
  if (positions.sizes() != positions_.sizes())
    throw InputError("pos_embed has another shape than the network");
  positions_ = positions.to(at::kFloat).clone();
}

at::Tensor Dit::linear(const at::Tensor& x, const std::string& name) const {
  return at::linear(x, parameters_.named(name + ".weight"), parameters_.named(name + ".bias"));
}

at::Tensor Dit::attention(const at::Tensor& h, const std::string& block, BlockProbe* probe) const {
  const int64_t heads = config_.heads, tokens = config_.tokens();
  const at::Tensor qkv = linear(h, block + ".attn.qkv")
                             .view({-1, tokens, 3, heads, config_.width / heads})
                             .permute({2, 0, 3, 1, 4});
  if (probe) probe->attention = attention_weights(qkv[0], qkv[1]);
  const at::Tensor mixed =
      at::scaled_dot_product_attention(qkv[0], qkv[1], qkv[2]);  // (B, heads, T, W/heads)
  return linear(mixed.transpose(1, 2).reshape({-1, tokens, config_.width}), block + ".attn.proj");
}

at::Tensor Dit::embedded_labels(const at::Tensor& labels, int64_t count) const {
  const at::Tensor table = parameters_.named(kDitLabelTable);
  const at::Tensor rows =
      labels.defined() ? labels : at::full({count}, kNoClass, table.options().dtype(at::kLong));
  return at::embedding(table, rows);
}

at::Tensor Dit::mlp(const at::Tensor& h, const std::string& block) const {
  return linear(at::gelu(linear(h, block + ".mlp.fc1"), "tanh"), block + ".mlp.fc2");
}

at::Tensor Dit::forward(const at::Tensor& x, const at::Tensor& t, const at::Tensor& labels) const {
  const at::Device home = parameters_.device();
  return run(x.to(home), t.to(home), config_.labelled ? labels.to(home) : at::Tensor(), nullptr)
      .to(x.device());
}

at::Tensor Dit::forward(const at::Tensor& x, const at::Tensor& t) const {
  const at::Device home = parameters_.device();
  return run(x.to(home), t.to(home), at::Tensor(), nullptr).to(x.device());
}

at::Tensor Dit::probe(const at::Tensor& x, const at::Tensor& t, const at::Tensor& labels,
                      VelocityProbe& probe) const {
  const at::NoGradGuard no_grad;
  const at::Device home = parameters_.device();
  probe = {};
  return run(x.to(home), t.to(home), config_.labelled ? labels.to(home) : at::Tensor(), &probe)
      .to(x.device());
}

at::Tensor Dit::run(const at::Tensor& x, const at::Tensor& t, const at::Tensor& labels,
                    VelocityProbe* probe) const {
  const at::Tensor patch = parameters_.named("x_embedder.proj.weight").view({config_.width, -1});
  at::Tensor h =
      at::linear(dit_patchify(x, config_), patch, parameters_.named("x_embedder.proj.bias")) + positions_;
  const at::Tensor hidden = at::silu(linear(dit_time_features(t), "t_embedder.mlp.0"));
  at::Tensor embedded = linear(hidden, "t_embedder.mlp.2");  // (B, W)
  if (config_.labelled) embedded = embedded + embedded_labels(labels, t.size(0));
  const at::Tensor c = at::silu(embedded);
  if (probe) probe->time_features = dit_time_features(t);
  for (int64_t i = 0; i < config_.depth; ++i) {
    const auto block = "blocks." + std::to_string(i);
    BlockProbe* noted = probe ? &probe->blocks.emplace_back() : nullptr;
    h = adaptive_block(
        h, linear(c, block + ".adaLN_modulation.1"),
        [&](const at::Tensor& normed) { return attention(normed, block, noted); },
        [&](const at::Tensor& normed) { return mlp(normed, block); }, noted);
  }
  const auto f = linear(c, "final_layer.adaLN_modulation.1").unsqueeze(1).chunk(2, 2);
  return dit_unpatchify(linear(modulated(h, f[0], f[1]), "final_layer.linear"), config_);
}

}  // namespace lf::models
