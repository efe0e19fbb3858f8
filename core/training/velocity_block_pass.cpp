#include "training/velocity_block_pass.h"

#include "models/autoencoder.h"

namespace lf {

at::Tensor parameter_values(const ParameterSet& parameters, const std::string& name) {
  return parameters.named(name).detach();
}

at::Tensor parameter_gradient(const ParameterSet& parameters, const at::Tensor& flat_gradient,
                              const std::string& name) {
  const at::Tensor& parameter = parameters.named(name);
  const int64_t offset = parameter.storage_offset() - parameters.flat().storage_offset();
  return flat_gradient.narrow(0, offset, parameter.numel()).view(parameter.sizes());
}

PassLinear::PassLinear(const ParameterSet& parameters, const at::Tensor& flat_gradient,
                       const std::string& name)
    : weight(parameter_values(parameters, name)),
      transposed(weight.t()),
      gradient(parameter_gradient(parameters, flat_gradient, name)) {}

void NormMemory::resize(int64_t rows, int64_t width) {
  for (at::Tensor* tensor : {&normal, &output}) resize_rows(*tensor, {rows, width});
  resize_rows(inverse_deviation, {rows});
}

NormRows NormMemory::rows() const {
  return {normal.data_ptr<float>(), inverse_deviation.data_ptr<float>(), output.data_ptr<float>()};
}

void resize_rows(at::Tensor& tensor, at::IntArrayRef shape) {
  if (!tensor.defined()) tensor = at::empty(shape, at::kFloat);
  tensor.resize_(shape);
}

void VelocityScratch::resize(int64_t batch, const VelocityDitConfig& config) {
  const int64_t w = config.width, grid = kLatentSide / config.patch;
  shape = {batch, grid * grid, w};
  const int64_t rows = batch * shape.tokens;
  for (at::Tensor* tensor : {&h, &dh, &d_branch, &d_normed}) resize_rows(*tensor, {rows, w});
  for (at::Tensor* tensor : {&modulation, &d_modulation}) resize_rows(*tensor, {batch, 6 * w});
  resize_rows(d_hidden, {rows, velocity_hidden_width(config)});
  resize_rows(d_packed, {rows, 3 * w});
}

VelocityBlockPass::VelocityBlockPass(const VelocityDit& net, const at::Tensor& flat_gradient,
                                     const std::string& prefix)
    : config_(net.config()),
      bias_(parameter_values(net.parameters(), prefix + ".modulation.bias")),
      d_bias_(parameter_gradient(net.parameters(), flat_gradient, prefix + ".modulation.bias")),
      qkv_(net.parameters(), flat_gradient, prefix + ".qkv.weight"),
      proj_(net.parameters(), flat_gradient, prefix + ".proj.weight"),
      fc1_(net.parameters(), flat_gradient, prefix + ".fc1.weight"),
      fc2_(net.parameters(), flat_gradient, prefix + ".fc2.weight") {}

void VelocityBlockPass::resize(const TokenRows& shape) {
  const int64_t rows = shape.batch * shape.tokens, w = shape.width;
  for (NormMemory* norm : {&norm1_, &norm2_}) norm->resize(rows, w);
  for (at::Tensor* tensor : {&mixed_, &attended_, &output_}) resize_rows(*tensor, {rows, w});
  for (at::Tensor* tensor : {&hidden_, &squared_})
    resize_rows(*tensor, {rows, velocity_hidden_width(config_)});
  resize_rows(packed_, {rows, 3 * w});
  resize_rows(weights_, {rows * config_.heads * shape.tokens});
  resize_rows(factors_, {rows * config_.heads * 2});
}

Modulation VelocityBlockPass::modulation(const VelocityScratch& s, int64_t index) const {
  const int64_t offset = index * config_.width;
  return {s.modulation.data_ptr<float>() + offset, 6 * config_.width, bias_.data_ptr<float>() + offset};
}

ModulationGradient VelocityBlockPass::modulation_gradient(VelocityScratch& s, int64_t index) {
  const int64_t offset = index * config_.width;
  return {s.d_modulation.data_ptr<float>() + offset, 6 * config_.width, d_bias_.data_ptr<float>() + offset};
}

AttentionShape VelocityBlockPass::attention_shape(const VelocityScratch& s) const {
  return {s.shape.batch, s.shape.tokens, config_.heads, config_.width / config_.heads};
}

AttentionMemory VelocityBlockPass::attention_memory() const {
  return {weights_.data_ptr<float>(), factors_.data_ptr<float>()};
}

void VelocityBlockPass::forward(VelocityScratch& s) {
  qkv_.forward(packed_, norm1_.output);
  attend(attention_shape(s), packed_.data_ptr<float>(), mixed_.data_ptr<float>(), attention_memory());
  proj_.forward(attended_, mixed_);
  gated_norm(s.shape, s.h.data_ptr<float>(), modulation(s, 2), attended_.data_ptr<float>(), modulation(s, 3),
             modulation(s, 4), norm2_.rows());
  fc1_.forward(hidden_, norm2_.output);
  squared_relu(hidden_.numel(), hidden_.data_ptr<float>(), squared_.data_ptr<float>());
  fc2_.forward(output_, squared_);
}

void VelocityBlockPass::backward_mlp(VelocityScratch& s) {
  gate_backward(s.shape, s.dh.data_ptr<float>(), modulation(s, 5), output_.data_ptr<float>(),
                s.d_branch.data_ptr<float>(), modulation_gradient(s, 5));
  fc2_.add_gradient(s.d_branch, squared_);
  fc2_.input_gradient(s.d_hidden, s.d_branch);
  squared_relu_backward(hidden_.numel(), hidden_.data_ptr<float>(), s.d_hidden.data_ptr<float>());
  fc1_.add_gradient(s.d_hidden, norm2_.output);
  fc1_.input_gradient(s.d_normed, s.d_hidden);
  norm_backward(s.shape, norm2_.rows(), modulation(s, 4), s.d_normed.data_ptr<float>(),
                s.dh.data_ptr<float>(), modulation_gradient(s, 3), modulation_gradient(s, 4));
}

void VelocityBlockPass::backward_attention(VelocityScratch& s) {
  gate_backward(s.shape, s.dh.data_ptr<float>(), modulation(s, 2), attended_.data_ptr<float>(),
                s.d_branch.data_ptr<float>(), modulation_gradient(s, 2));
  proj_.add_gradient(s.d_branch, mixed_);
  proj_.input_gradient(s.d_normed, s.d_branch);  // the gradient by mixed_
  attend_backward(attention_shape(s), packed_.data_ptr<float>(), attention_memory(),
                  s.d_normed.data_ptr<float>(), s.d_packed.data_ptr<float>());
  qkv_.add_gradient(s.d_packed, norm1_.output);
  qkv_.input_gradient(s.d_normed, s.d_packed);
  norm_backward(s.shape, norm1_.rows(), modulation(s, 1), s.d_normed.data_ptr<float>(),
                s.dh.data_ptr<float>(), modulation_gradient(s, 0), modulation_gradient(s, 1));
}

void VelocityBlockPass::backward(VelocityScratch& s) {
  backward_mlp(s);
  backward_attention(s);
}

}  // namespace lf
