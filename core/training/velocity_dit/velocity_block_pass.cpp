#include "training/velocity_dit/velocity_block_pass.h"

#include "models/autoencoder.h"

namespace lf::training {

void NormMemory::resize(int64_t rows, int64_t width, kernels::Arithmetic arithmetic) {
  resize_rows(normal, {rows, width});
  resize_rows(inverse_deviation, {rows});
  output.resize(rows, width, arithmetic);
}

kernels::NormRows NormMemory::rows() {
  return {normal.data_ptr<float>(), inverse_deviation.data_ptr<float>(), output.data()};
}

void VelocityScratch::resize(int64_t batch, const models::VelocityDitConfig& config,
                             kernels::Arithmetic arithmetic) {
  const int64_t w = config.width, grid = models::kLatentSide / config.patch;
  shape = {batch, grid * grid, w};
  const int64_t rows = batch * shape.tokens;
  for (at::Tensor* tensor : {&h, &d_normed}) resize_rows(*tensor, {rows, w});
  for (PassRows* tensor : {&dh, &d_branch}) tensor->resize(rows, w, arithmetic);
  resize_rows(modulation, {batch, 6 * w});
  d_modulation.resize(batch, 6 * w, arithmetic);
  d_hidden.resize(rows, models::velocity_hidden_width(config), arithmetic);
  d_packed.resize(rows, 3 * w, arithmetic);
}

VelocityBlockPass::VelocityBlockPass(const models::VelocityDit& net, const at::Tensor& flat_gradient,
                                     const RoundedWeights& weights, const std::string& prefix)
    : config_(net.config()),
      arithmetic_(weights.arithmetic()),
      bias_(parameter_values(net.parameters(), prefix + ".modulation.bias")),
      d_bias_(parameter_gradient(net.parameters(), flat_gradient, prefix + ".modulation.bias")),
      qkv_(net.parameters(), flat_gradient, weights, prefix + ".qkv.weight"),
      proj_(net.parameters(), flat_gradient, weights, prefix + ".proj.weight"),
      fc1_(net.parameters(), flat_gradient, weights, prefix + ".fc1.weight"),
      fc2_(net.parameters(), flat_gradient, weights, prefix + ".fc2.weight") {}

void VelocityBlockPass::resize(const kernels::TokenRows& shape) {
  const int64_t rows = shape.batch * shape.tokens, w = shape.width,
                hidden = models::velocity_hidden_width(config_);
  for (NormMemory* norm : {&norm1_, &norm2_}) norm->resize(rows, w, arithmetic_);
  for (at::Tensor* tensor : {&attended_, &output_}) resize_rows(*tensor, {rows, w});
  mixed_.resize(rows, w, arithmetic_);
  squared_.resize(rows, hidden, arithmetic_);
  resize_rows(hidden_, {rows, hidden});
  resize_rows(packed_, {rows, 3 * w});
  resize_rows(weights_, {rows * config_.heads * shape.tokens});
  resize_rows(factors_, {rows * config_.heads * 2});
}

kernels::Modulation VelocityBlockPass::modulation(const VelocityScratch& s, int64_t index) const {
  const int64_t offset = index * config_.width;
  return {s.modulation.data_ptr<float>() + offset, 6 * config_.width, bias_.data_ptr<float>() + offset};
}

kernels::ModulationGradient VelocityBlockPass::modulation_gradient(VelocityScratch& s, int64_t index) {
  const int64_t offset = index * config_.width;
  return {s.d_modulation.data() + offset, 6 * config_.width, d_bias_.data_ptr<float>() + offset};
}

kernels::AttentionShape VelocityBlockPass::attention_shape(const VelocityScratch& s) const {
  return {s.shape.batch, s.shape.tokens, config_.heads, config_.width / config_.heads};
}

kernels::AttentionMemory VelocityBlockPass::attention_memory() const {
  return {weights_.data_ptr<float>(), factors_.data_ptr<float>()};
}

void VelocityBlockPass::forward(VelocityScratch& s) {
  norm1_.output.round();
  qkv_.forward(packed_, norm1_.output);
  kernels::attend(attention_shape(s), packed_.data_ptr<float>(), mixed_.data(), attention_memory());
  mixed_.round();
  proj_.forward(attended_, mixed_);
  kernels::gated_norm(s.shape, s.h.data_ptr<float>(), modulation(s, 2), attended_.data_ptr<float>(),
                      modulation(s, 3), modulation(s, 4), norm2_.rows());
  norm2_.output.round();
  fc1_.forward(hidden_, norm2_.output);
  kernels::squared_relu(hidden_.numel(), hidden_.data_ptr<float>(), squared_.data());
  squared_.round();
  fc2_.forward(output_, squared_);
}

void VelocityBlockPass::backward_mlp(VelocityScratch& s) {
  kernels::gate_backward(s.shape, s.dh.data(), modulation(s, 5), output_.data_ptr<float>(), s.d_branch.data(),
                         modulation_gradient(s, 5));
  s.d_branch.round();
  fc2_.add_gradient(s.d_branch, squared_);
  fc2_.input_gradient(s.d_hidden.values, s.d_branch);
  kernels::squared_relu_backward(hidden_.numel(), hidden_.data_ptr<float>(), s.d_hidden.data());
  s.d_hidden.round();
  fc1_.add_gradient(s.d_hidden, norm2_.output);
  fc1_.input_gradient(s.d_normed, s.d_hidden);
  kernels::norm_backward(s.shape, norm2_.rows(), modulation(s, 4), s.d_normed.data_ptr<float>(), s.dh.data(),
                         modulation_gradient(s, 3), modulation_gradient(s, 4));
}

void VelocityBlockPass::backward_attention(VelocityScratch& s) {
  kernels::gate_backward(s.shape, s.dh.data(), modulation(s, 2), attended_.data_ptr<float>(),
                         s.d_branch.data(), modulation_gradient(s, 2));
  s.d_branch.round();
  proj_.add_gradient(s.d_branch, mixed_);
  proj_.input_gradient(s.d_normed, s.d_branch);  // the gradient with respect to mixed_
  kernels::attend_backward(attention_shape(s), packed_.data_ptr<float>(), attention_memory(),
                           s.d_normed.data_ptr<float>(), s.d_packed.data());
  s.d_packed.round();
  qkv_.add_gradient(s.d_packed, norm1_.output);
  qkv_.input_gradient(s.d_normed, s.d_packed);
  kernels::norm_backward(s.shape, norm1_.rows(), modulation(s, 1), s.d_normed.data_ptr<float>(), s.dh.data(),
                         modulation_gradient(s, 0), modulation_gradient(s, 1));
}

void VelocityBlockPass::backward(VelocityScratch& s) {
  backward_mlp(s);
  backward_attention(s);
}

}  // namespace lf::training
