#include "models/velocity_inference.h"

#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>

#include <algorithm>
#include <map>
#include <utility>

#include "base/errors.h"
#include "models/autoencoder.h"

namespace lf::models {
namespace {

constexpr int64_t kCachedNumbers = 1 << 17;  ///< activations that fit into a second-level cache of 1 MB

int64_t wide_width(const VelocityDitConfig& config) {
  return std::max(3 * config.width, velocity_hidden_width(config));
}

/// Digits whose activations fit into the cache.
int64_t digits_together(const VelocityDitConfig& config, int64_t tokens) {
  return std::max<int64_t>(1, kCachedNumbers / (tokens * (3 * config.width + wide_width(config))));
}

/// The loops over rows do not check shapes.
void check_shapes(const at::Tensor& x, const at::Tensor& t, const at::Tensor& labels) {
  const int64_t batch = t.dim() == 1 ? t.size(0) : -1;
  const std::vector<int64_t> maps{batch, kLatentChannels, kLatentSide, kLatentSide}, samples{batch};
  const bool fits = x.sizes() == at::IntArrayRef(maps) && labels.sizes() == at::IntArrayRef(samples);
  if (!fits || x.scalar_type() != at::kFloat || labels.scalar_type() != at::kLong)
    throw InputError("a velocity needs float latents, times and labels of one batch");
}

/// x (N, I) Wᵀ.
at::Tensor product(const kernels::PackedWeight& weight, const at::Tensor& x) {
  at::Tensor y = at::empty({x.size(0), weight.outputs()}, at::kFloat);
  weight.multiply(x.size(0), x.contiguous().const_data_ptr<float>(), y.data_ptr<float>());
  return y;
}

}  // namespace

VelocityInference::VelocityInference(const VelocityDit& net, std::shared_ptr<const PackedVelocityDit> packed)
    : net_(net),
      packed_(std::move(packed)),
      tokens_(packed_->positions.size(0)),
      width_(net.config().width),
      digits_(digits_together(net.config(), tokens_)),
      no_bias_(static_cast<size_t>(2 * width_)) {
  const int64_t rows = digits_ * tokens_, heads = net.config().heads;
  for (auto* values : {&h_, &normed_, &branch_}) values->resize(static_cast<size_t>(rows * width_));
  wide_.resize(static_cast<size_t>(rows * wide_width(net.config())));
  deviations_.resize(static_cast<size_t>(rows));
  weights_.resize(static_cast<size_t>(rows * heads * tokens_));
  factors_.resize(static_cast<size_t>(rows * heads * 2));
}

at::Tensor VelocityInference::velocity(const at::Tensor& x, const at::Tensor& t, const at::Tensor& labels) {
  const at::NoGradGuard no_grad;
  check_shapes(x, t, labels);
  const int64_t batch = x.size(0);
  const at::Tensor tokens = net_.patchify(net_.network_input(x, t)).contiguous();  // (B, T, P)
  const at::Tensor output = at::empty_like(tokens);
  if (batch > 0) condition(t.to(at::kFloat).contiguous(), labels.contiguous());
  const int64_t blocks = (batch + digits_ - 1) / digits_;
  for (int64_t i = 0; i < blocks; ++i) {  // all of nearly the same size
    const int64_t first = batch * i / blocks, count = batch * (i + 1) / blocks - first;
    const int64_t offset = first * tokens.stride(0);
    forward(first, count, tokens.const_data_ptr<float>() + offset, output.data_ptr<float>() + offset);
  }
  const at::Tensor known = net_.known_velocity(x, t), learned = net_.unpatchify(output);
  return known.defined() ? known + learned : learned;
}

void VelocityInference::condition(const at::Tensor& t, const at::Tensor& labels) {
  std::map<std::pair<float, int64_t>, int64_t> known;
  std::vector<int64_t> chosen;  // one digit for each distinct condition
  rows_.clear();
  for (int64_t b = 0; b < t.size(0); ++b) {
    const std::pair pair{t.const_data_ptr<float>()[b], labels.const_data_ptr<int64_t>()[b]};
    const auto [at, is_new] = known.try_emplace(pair, static_cast<int64_t>(chosen.size()));
    if (is_new) chosen.push_back(b);
    rows_.push_back(at->second);
  }
  const at::Tensor some = at::tensor(chosen, at::kLong);
  const at::Tensor inner = product(packed_->time_in, net_.time_features(t.index_select(0, some)));
  kernels::silu(inner.numel(), inner.data_ptr<float>());
  const at::Tensor c = product(packed_->time_out, inner);  // (C, W)
  c.add_(at::embedding(packed_->labels, labels.index_select(0, some)));
  kernels::silu(c.numel(), c.data_ptr<float>());
  modulation_ = product(packed_->modulation, c);
  final_modulation_ = product(packed_->final_modulation, c);
}

kernels::Modulation VelocityInference::modulation(const PackedVelocityBlock& block, int64_t index,
                                                  const int64_t* rows) const {
  const int64_t offset = index * width_;
  return {modulation_.const_data_ptr<float>() + offset, 6 * width_,
          block.modulation_bias.const_data_ptr<float>() + offset, rows};
}

kernels::Modulation VelocityInference::final_modulation(int64_t index, const int64_t* rows) const {
  return {final_modulation_.const_data_ptr<float>() + index * width_, 2 * width_, no_bias_.data(), rows};
}

/// The normalised rows themselves are only needed for a backward pass: they share memory with the
/// result.
kernels::NormRows VelocityInference::norm_rows() {
  return {normed_.data(), deviations_.data(), normed_.data()};
}

void VelocityInference::forward(int64_t first, int64_t count, const float* tokens, float* output) {
  const kernels::TokenRows shape{count, tokens_, width_};
  const int64_t* rows = rows_.data() + first;
  embed(shape, tokens);
  const PackedVelocityBlock* last = nullptr;
  const auto norm = [&](const kernels::Modulation& shift, const kernels::Modulation& scale) {
    if (!last) return kernels::modulated_norm(shape, h_.data(), shift, scale, norm_rows());
    kernels::gated_norm(shape, h_.data(), modulation(*last, 5, rows), branch_.data(), shift, scale,
                        norm_rows());
  };
  for (const PackedVelocityBlock& block : packed_->blocks) {
    norm(modulation(block, 0, rows), modulation(block, 1, rows));
    forward_block(shape, block, rows);
    last = &block;
  }
  norm(final_modulation(0, rows), final_modulation(1, rows));
  packed_->final.multiply(count * tokens_, normed_.data(), output);
}

void VelocityInference::embed(const kernels::TokenRows& shape, const float* tokens) {
  packed_->patch.multiply(shape.batch * shape.tokens, tokens, h_.data());
  const float* positions = packed_->positions.const_data_ptr<float>();
  const int64_t sample = shape.tokens * shape.width;
  for (int64_t b = 0; b < shape.batch; ++b) {
    for (int64_t i = 0; i < sample; ++i) h_[static_cast<size_t>(b * sample + i)] += positions[i];
  }
}

/// Both branches. The last one is not yet added to h: the following norm adds it in the same pass.
void VelocityInference::forward_block(const kernels::TokenRows& shape, const PackedVelocityBlock& block,
                                      const int64_t* rows) {
  const int64_t n = shape.batch * shape.tokens, heads = net_.config().heads;
  block.qkv.multiply(n, normed_.data(), wide_.data());
  kernels::attend({shape.batch, shape.tokens, heads, width_ / heads}, wide_.data(), normed_.data(),
                  {weights_.data(), factors_.data()});
  block.proj.multiply(n, normed_.data(), branch_.data());
  kernels::gated_norm(shape, h_.data(), modulation(block, 2, rows), branch_.data(),
                      modulation(block, 3, rows), modulation(block, 4, rows), norm_rows());
  block.fc1.multiply(n, normed_.data(), wide_.data());
  kernels::squared_relu(n * block.fc1.outputs(), wide_.data(), wide_.data());
  block.fc2.multiply(n, wide_.data(), branch_.data());
}

}  // namespace lf::models
