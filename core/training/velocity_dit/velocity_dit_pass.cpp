#include "training/velocity_dit/velocity_dit_pass.h"

#include <ATen/core/grad_mode.h>

#include "base/errors.h"
#include "models/autoencoder.h"

namespace lf::training {
namespace {

/// The loops over rows do not check shapes.
void check_shapes(const flow::PathSample& path, const at::Tensor& t, const at::Tensor& labels,
                  const at::Tensor& losses) {
  const int64_t batch = t.size(0);
  const std::vector<int64_t> maps{batch, models::kLatentChannels, models::kLatentSide, models::kLatentSide},
      samples{batch};
  bool fits = path.x_t.sizes() == at::IntArrayRef(maps) && path.target.sizes() == at::IntArrayRef(maps);
  for (const at::Tensor* tensor : {&t, &labels, &losses})
    fits = fits && tensor->sizes() == at::IntArrayRef(samples);
  if (!fits) throw InputError("a training pass needs latents, targets, times and labels of one batch");
}

}  // namespace

VelocityDitPass::VelocityDitPass(const models::VelocityDit& net, const at::Tensor& flat_gradient,
                                 const RoundedWeights& weights)
    : net_(net),
      arithmetic_(weights.arithmetic()),
      patches_(net.parameters(), flat_gradient, weights, "patch.weight"),
      time_in_(net.parameters(), flat_gradient, weights, "time.0.weight"),
      time_out_(net.parameters(), flat_gradient, weights, "time.2.weight"),
      modulation_(net.parameters(), flat_gradient, weights, "modulation.weight"),
      final_modulation_(net.parameters(), flat_gradient, weights, "final.modulation.weight"),
      final_(net.parameters(), flat_gradient, weights, "final.weight"),
      positions_(parameter_values(net.parameters(), "positions")),
      d_positions_(parameter_gradient(net.parameters(), flat_gradient, "positions")),
      labels_(parameter_values(net.parameters(), "labels")),
      d_labels_(parameter_gradient(net.parameters(), flat_gradient, "labels")),
      no_bias_(at::zeros({2 * net.config().width})),
      d_no_bias_(at::zeros_like(no_bias_)) {
  for (int64_t i = 0; i < net.config().blocks; ++i) {
    blocks_.emplace_back(net, flat_gradient, weights, "blocks." + std::to_string(i));
  }
}

void VelocityDitPass::resize(int64_t batch) {
  if (batch == batch_) return;
  const int64_t w = net_.config().width;
  scratch_.resize(batch, net_.config(), arithmetic_);
  for (auto& block : blocks_) block.resize(scratch_.shape);
  const int64_t rows = batch * scratch_.shape.tokens;
  final_norm_.resize(rows, w, arithmetic_);
  tokens_.resize(rows, patches_.inputs(), arithmetic_);
  features_.resize(batch, time_in_.inputs(), arithmetic_);
  for (at::Tensor* tensor : {&inner_, &embedded_}) resize_rows(*tensor, {batch, w});
  for (PassRows* tensor : {&inner_active_, &condition_, &d_condition_, &d_inner_})
    tensor->resize(batch, w, arithmetic_);
  resize_rows(final_values_, {batch, 2 * w});
  d_final_values_.resize(batch, 2 * w, arithmetic_);
  output_.resize(rows, final_.outputs(), arithmetic_);
  batch_ = batch;
}

kernels::Modulation VelocityDitPass::final_modulation(int64_t index) const {
  const int64_t w = net_.config().width;
  return {final_values_.data_ptr<float>() + index * w, 2 * w, no_bias_.data_ptr<float>()};
}

kernels::ModulationGradient VelocityDitPass::final_gradient(int64_t index) {
  const int64_t w = net_.config().width;
  return {d_final_values_.data() + index * w, 2 * w, d_no_bias_.data_ptr<float>()};
}

void VelocityDitPass::run(const flow::PathSample& path, const at::Tensor& t, const at::Tensor& labels,
                          double weight, const at::Tensor& losses) {
  const at::NoGradGuard no_grad;
  check_shapes(path, t, labels, losses);
  if (t.size(0) == 0) return;
  resize(t.size(0));
  tokens_.values.copy_(net_.patchify(net_.network_input(path.x_t, t)).flatten(0, 1));
  tokens_.round();
  const at::Tensor known = net_.known_velocity(path.x_t, t);
  const at::Tensor target = known.defined() ? path.target - known : path.target;
  forward_condition(t, labels);
  forward_blocks();
  output(net_.patchify(target).contiguous(), weight, losses);
  backward_output();
  for (size_t i = blocks_.size(); i-- > 0;) blocks_[i].backward(scratch_);
  scratch_.dh.round();
  patches_.add_gradient(scratch_.dh, tokens_);
  d_positions_.add_(scratch_.dh.values.view({batch_, -1, net_.config().width}).sum(0));
  backward_condition(labels);
}

void VelocityDitPass::forward_condition(const at::Tensor& t, const at::Tensor& labels) {
  features_.values.copy_(net_.time_features(t));
  features_.round();
  time_in_.forward(inner_, features_);
  at::silu_out(inner_active_.values, inner_);
  inner_active_.round();
  time_out_.forward(embedded_, inner_active_);
  embedded_.add_(at::embedding(labels_, labels));
  at::silu_out(condition_.values, embedded_);
  condition_.round();
  modulation_.forward(scratch_.modulation, condition_);
  final_modulation_.forward(final_values_, condition_);
}

void VelocityDitPass::forward_blocks() {
  VelocityScratch& s = scratch_;
  patches_.forward(s.h, tokens_);
  s.h.view({batch_, -1, s.shape.width}).add_(positions_);
  float* h = s.h.data_ptr<float>();
  for (size_t i = 0; i < blocks_.size(); ++i) {
    VelocityBlockPass& block = blocks_[i];
    const kernels::Modulation shift = block.modulation(s, 0), scale = block.modulation(s, 1);
    const kernels::NormRows norm = block.first_norm().rows();
    if (i == 0) {
      kernels::modulated_norm(s.shape, h, shift, scale, norm);
    } else {
      const VelocityBlockPass& last = blocks_[i - 1];
      kernels::gated_norm(s.shape, h, last.modulation(s, 5), last.output().data_ptr<float>(), shift, scale,
                          norm);
    }
    blocks_[i].forward(s);
  }
}

void VelocityDitPass::output(const at::Tensor& target, double weight, const at::Tensor& losses) {
  VelocityScratch& s = scratch_;
  float* h = s.h.data_ptr<float>();
  const kernels::Modulation shift = final_modulation(0), scale = final_modulation(1);
  if (blocks_.empty()) {
    kernels::modulated_norm(s.shape, h, shift, scale, final_norm_.rows());
  } else {
    const VelocityBlockPass& last = blocks_.back();
    kernels::gated_norm(s.shape, h, last.modulation(s, 5), last.output().data_ptr<float>(), shift, scale,
                        final_norm_.rows());
  }
  final_norm_.output.round();
  final_.forward(output_.values, final_norm_.output);
  const at::Tensor error = output_.values.view({batch_, -1}).sub_(target.view({batch_, -1}));
  losses.copy_(error.square().mean(1));
  error.mul_(2 * weight / static_cast<double>(error.size(1)));  // weight · d mean(e²) / de
  output_.round();
}

void VelocityDitPass::backward_output() {
  VelocityScratch& s = scratch_;
  final_.add_gradient(output_, final_norm_.output);
  final_.input_gradient(s.d_normed, output_);
  for (at::Tensor* tensor : {&s.dh.values, &s.d_modulation.values, &d_final_values_.values}) tensor->zero_();
  kernels::norm_backward(s.shape, final_norm_.rows(), final_modulation(1), s.d_normed.data_ptr<float>(),
                         s.dh.data(), final_gradient(0), final_gradient(1));
}

void VelocityDitPass::backward_condition(const at::Tensor& labels) {
  scratch_.d_modulation.round();
  d_final_values_.round();
  modulation_.add_gradient(scratch_.d_modulation, condition_);
  final_modulation_.add_gradient(d_final_values_, condition_);
  at::Tensor& d_condition = d_condition_.values;
  modulation_.input_gradient(d_condition, scratch_.d_modulation);
  final_modulation_.input_gradient(d_condition, d_final_values_, /*adds=*/true);
  at::silu_backward_out(d_condition, d_condition, embedded_);
  d_condition_.round();
  d_labels_.index_add_(0, labels, d_condition);
  time_out_.add_gradient(d_condition_, inner_active_);
  time_out_.input_gradient(d_inner_.values, d_condition_);
  at::silu_backward_out(d_inner_.values, d_inner_.values, inner_);
  d_inner_.round();
  time_in_.add_gradient(d_inner_, features_);
}

}  // namespace lf::training
