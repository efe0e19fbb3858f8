#include "training/reference_dit/dit_block_pass.h"

#include <algorithm>
#include <cmath>

namespace lf::training {
namespace {

constexpr double kNormEpsilon = 1e-6;

/// Gate times branch onto the residual: out = x + gate·branch.
void add_gated(const SampleRows& rows, const at::Tensor& out, const at::Tensor& x, const at::Tensor& gate,
               const at::Tensor& branch) {
  at::Tensor result = rows(out);
  at::addcmul_out(result, rows(x), rows(gate), rows(branch));
}

/// d_branch = gate·dh and d_gate = Σ_T branch·dh.
void backward_gated(const SampleRows& rows, const at::Tensor& dh, const at::Tensor& gate,
                    const at::Tensor& branch, const at::Tensor& d_branch, const at::Tensor& d_gate) {
  at::Tensor product = rows(d_branch), sum = rows(d_gate);
  at::mul_out(product, rows(branch), rows(dh));
  at::sum_out(sum, product, {1});
  at::mul_out(product, rows(dh), rows(gate));
}

}  // namespace

DitScratch::DitScratch(const models::DitConfig& c, int64_t batch) {
  const int64_t hidden = std::llround(c.mlp_ratio * static_cast<double>(c.width));
  branch = at::empty({batch, c.tokens(), c.width});
  qkv = at::empty({batch, c.tokens(), 3, c.heads, c.width / c.heads});
  modulation = at::empty({batch, 6 * c.width});
  gradients =
      gradient_scratch(std::max({hidden, c.width, c.patch * c.patch * c.channels, models::kDitTimeFeatures}));
}

ModulatedNorm::ModulatedNorm(const at::Tensor& like)
    : mean(at::empty({like.size(0), like.size(1), 1})),
      inverse_deviation(at::empty_like(mean)),
      normal(at::empty_like(like)),
      output(at::empty_like(like)) {}

void ModulatedNorm::forward(const SampleRows& rows, const at::Tensor& x, const at::Tensor& shift,
                            const at::Tensor& scale1) {
  at::Tensor n = rows(normal), m = rows(mean), r = rows(inverse_deviation), y = rows(output);
  at::native_layer_norm_out(n, m, r, rows(x), {x.size(-1)}, {}, {}, kNormEpsilon);
  at::addcmul_out(y, rows(shift), n, rows(scale1));
}

void ModulatedNorm::backward(const SampleRows& rows, const at::Tensor& x, const at::Tensor& scale1,
                             const at::Tensor& dy, const at::Tensor& dx, const at::Tensor& d_shift,
                             const at::Tensor& d_scale) {
  at::Tensor gradient = rows(dy), shift = rows(d_shift), scale = rows(d_scale), product = rows(output);
  at::sum_out(shift, gradient, {1});
  at::mul_out(product, gradient, rows(normal));  // y is no longer needed
  at::sum_out(scale, product, {1});
  gradient.mul_(rows(scale1));
  rows(dx).add_(std::get<0>(at::native_layer_norm_backward(
      gradient, rows(x), {x.size(-1)}, rows(mean), rows(inverse_deviation), {}, {}, {true, false, false})));
}

DitBlockPass::DitBlockPass(const models::Dit& net, const std::string& prefix, int64_t batch,
                           kernels::Arithmetic arithmetic)
    : width_(net.config().width),
      batch_(batch),
      qkv_(net.parameters(), prefix + ".attn.qkv", arithmetic),
      proj_(net.parameters(), prefix + ".attn.proj", arithmetic),
      fc1_(net.parameters(), prefix + ".mlp.fc1", arithmetic),
      fc2_(net.parameters(), prefix + ".mlp.fc2", arithmetic),
      modulation_(net.parameters(), prefix + ".adaLN_modulation.1", arithmetic) {
  const models::DitConfig& c = net.config();
  packed_shape_ = {batch, c.tokens(), 3, c.heads, width_ / c.heads};
  mixed_ = at::empty({batch, c.tokens(), width_});
  middle_ = at::empty_like(mixed_);
  active_ = at::empty({batch, c.tokens(), fc1_.outputs()});
  norm1_ = ModulatedNorm(mixed_);
  norm2_ = ModulatedNorm(mixed_);
}

at::Tensor DitBlockPass::modulation(int64_t index) const {
  return modulations_.narrow(1, index * width_, width_).unsqueeze(1);
}

at::Tensor DitBlockPass::flat(const at::Tensor& tensor) const { return tensor.view({-1, width_}); }

void DitBlockPass::attend(const SampleRows& rows) {
  const at::Tensor p = rows(packed_).permute({2, 0, 3, 1, 4});  // (3, B, heads, T, W/heads)
  at::Tensor& mixed = part_mixed_[static_cast<size_t>(rows.part)];
  std::tie(mixed, part_sums_[static_cast<size_t>(rows.part)]) =
      at::_scaled_dot_product_flash_attention_for_cpu(p[0], p[1], p[2]);
  rows(mixed_).copy_(mixed.transpose(1, 2).flatten(2));
}

void DitBlockPass::backward_attention(const SampleRows& rows, const at::Tensor& d_mixed,
                                      const at::Tensor& d_qkv) const {
  const at::Tensor p = rows(packed_).permute({2, 0, 3, 1, 4}), out = rows(d_qkv).permute({2, 0, 3, 1, 4});
  const auto part = static_cast<size_t>(rows.part);
  const at::Tensor gradient =
      rows(d_mixed).view({-1, packed_.size(1), packed_.size(3), packed_.size(4)}).transpose(1, 2);
  const auto [dq, dk, dv] = at::_scaled_dot_product_flash_attention_for_cpu_backward(
      gradient, p[0], p[1], p[2], part_mixed_[part], part_sums_[part], /*dropout_p=*/0, /*is_causal=*/false);
  out[0].copy_(dq);
  out[1].copy_(dk);
  out[2].copy_(dv);
}

void DitBlockPass::forward(const at::Tensor& x, const at::Tensor& c, const at::Tensor& out) {
  input_ = x;
  condition_ = c;
  modulations_ = modulation_.forward(c);
  by_samples(batch_, [&](const SampleRows& rows) {
    for (const int64_t scale : {1, 4}) rows(modulation(scale)).add_(1);
    norm1_.forward(rows, x, modulation(0), modulation(1));
  });
  packed_ = qkv_.forward(flat(norm1_.output)).view(packed_shape_);
  by_samples(batch_, [&](const SampleRows& rows) { attend(rows); });
  attended_ = proj_.forward(flat(mixed_)).view_as(mixed_);
  by_samples(batch_, [&](const SampleRows& rows) {
    add_gated(rows, middle_, x, modulation(2), attended_);
    norm2_.forward(rows, middle_, modulation(3), modulation(4));
  });
  hidden_ = fc1_.forward(flat(norm2_.output)).view_as(active_);
  by_samples(batch_, [&](const SampleRows& rows) {
    at::Tensor active = rows(active_);
    at::gelu_out(active, rows(hidden_), "tanh");
  });
  output_ = fc2_.forward(active_.flatten(0, 1)).view_as(mixed_);
  by_samples(batch_, [&](const SampleRows& rows) { add_gated(rows, out, middle_, modulation(5), output_); });
}

void DitBlockPass::backward_mlp(const at::Tensor& dh, DitScratch& s, const GradientSink& sink) {
  const auto d_modulation = [&](int64_t i) { return s.modulation.narrow(1, i * width_, width_); };
  by_samples(batch_, [&](const SampleRows& rows) {
    backward_gated(rows, dh, modulation(5), output_, s.branch, d_modulation(5));
  });
  const at::Tensor d_hidden = fc2_.input_gradient(flat(s.branch));
  fc2_.weight_gradient(flat(s.branch), active_.flatten(0, 1), s.gradients, sink);
  by_samples(batch_, [&](const SampleRows& rows) {
    at::Tensor gradient = rows(d_hidden.view_as(hidden_));
    at::gelu_backward_out(gradient, gradient, rows(hidden_), "tanh");
  });
  const at::Tensor d_normed = fc1_.input_gradient(d_hidden).view_as(dh);
  fc1_.weight_gradient(d_hidden, flat(norm2_.output), s.gradients, sink);
  by_samples(batch_, [&](const SampleRows& rows) {
    norm2_.backward(rows, middle_, modulation(4), d_normed, dh, d_modulation(3), d_modulation(4));
  });
}

void DitBlockPass::backward_mixing(const at::Tensor& dh, DitScratch& s, const GradientSink& sink) {
  const auto d_modulation = [&](int64_t i) { return s.modulation.narrow(1, i * width_, width_); };
  by_samples(batch_, [&](const SampleRows& rows) {
    backward_gated(rows, dh, modulation(2), attended_, s.branch, d_modulation(2));
  });
  const at::Tensor d_mixed = proj_.input_gradient(flat(s.branch)).view_as(dh);
  proj_.weight_gradient(flat(s.branch), flat(mixed_), s.gradients, sink);
  by_samples(batch_, [&](const SampleRows& rows) { backward_attention(rows, d_mixed, s.qkv); });
  const at::Tensor d_qkv = s.qkv.view({-1, 3 * width_});
  const at::Tensor d_normed = qkv_.input_gradient(d_qkv).view_as(dh);
  qkv_.weight_gradient(d_qkv, flat(norm1_.output), s.gradients, sink);
  by_samples(batch_, [&](const SampleRows& rows) {
    norm1_.backward(rows, input_, modulation(1), d_normed, dh, d_modulation(0), d_modulation(1));
  });
}

void DitBlockPass::backward(const at::Tensor& dh, const at::Tensor& dc, DitScratch& s,
                            const GradientSink& sink) {
  backward_mlp(dh, s, sink);
  backward_mixing(dh, s, sink);
  dc.add_(modulation_.input_gradient(s.modulation));
  modulation_.weight_gradient(s.modulation, condition_, s.gradients, sink);
}

}  // namespace lf::training
