#include "training/reference_dit/dit_pass.h"

#include <ATen/core/grad_mode.h>

#include "base/classes.h"
#include "base/errors.h"

namespace lf::training {
namespace {

/// (B, T, …) as (N, …).
at::Tensor flat(const at::Tensor& tensor) { return tensor.flatten(0, 1); }

void check_shapes(const at::Tensor& x_t, const at::Tensor& t, const at::Tensor& target,
                  const models::DitConfig& c) {
  const std::vector<int64_t> expected{x_t.size(0), c.channels, c.input_size, c.input_size};
  const bool fits = x_t.sizes() == at::IntArrayRef(expected) && target.sizes() == x_t.sizes() &&
                    t.dim() == 1 && t.size(0) == x_t.size(0) && x_t.size(0) > 0;
  if (!fits) throw InputError("a training pass needs latents, targets and times of the network's shape");
}

}  // namespace

DitPass::DitPass(const models::Dit& net, kernels::Arithmetic arithmetic)
    : net_(net),
      arithmetic_(arithmetic),
      blocks_count_(net.config().depth),
      next_(slices()),
      patches_(net.parameters(), "x_embedder.proj", arithmetic),
      time_in_(net.parameters(), "t_embedder.mlp.0", arithmetic),
      time_out_(net.parameters(), "t_embedder.mlp.2", arithmetic),
      final_modulation_(net.parameters(), "final_layer.adaLN_modulation.1", arithmetic),
      final_linear_(net.parameters(), "final_layer.linear", arithmetic) {}

void DitPass::reserve(int64_t batch) {
  if (batch == batch_) return;
  const models::DitConfig& c = net_.config();
  blocks_.clear();
  for (int64_t i = 0; i < c.depth; ++i)
    blocks_.emplace_back(net_, "blocks." + std::to_string(i), batch, arithmetic_);
  scratch_ = std::make_unique<DitScratch>(c, batch);
  states_.clear();
  for (int64_t i = 0; i <= c.depth; ++i) states_.push_back(at::empty({batch, c.tokens(), c.width}));
  dh_ = at::empty_like(states_[0]);
  final_norm_ = ModulatedNorm(dh_);
  batch_ = batch;
}

void DitPass::begin(const at::Tensor& x_t, const at::Tensor& t, const at::Tensor& target,
                    const at::Tensor& labels) {
  const at::NoGradGuard no_grad;
  check_shapes(x_t, t, target, net_.config());
  reserve(x_t.size(0));
  x_tokens_ = models::dit_patchify(x_t, net_.config()).contiguous();
  target_tokens_ = models::dit_output_tokens(target, net_.config()).contiguous();
  features_ = models::dit_time_features(t);
  labels_ = at::Tensor();
  if (net_.labelled()) labels_ = labels.defined() ? labels : at::full({batch_}, kNoClass, at::kLong);
  losses_ = at::Tensor();
  next_ = 0;
}

bool DitPass::advance(const GradientSink& sink) {
  if (!under_way()) return false;
  const at::NoGradGuard no_grad;
  const int64_t slice = next_;
  next_ = slices();  // an exception ends the pass
  run_slice(slice, sink);
  next_ = slice + 1;
  return under_way();
}

void DitPass::run_slice(int64_t slice, const GradientSink& sink) {
  const int64_t depth = blocks_count_, back = 2 * depth + 1 - slice;
  const auto block = [&](int64_t i) -> DitBlockPass& { return blocks_[static_cast<size_t>(i)]; };
  const auto state = [&](int64_t i) -> const at::Tensor& { return states_[static_cast<size_t>(i)]; };
  if (slice == 0) {
    embed();
  } else if (slice <= depth) {
    block(slice - 1).forward(state(slice - 1), condition_, state(slice));
  } else if (slice == depth + 1) {
    output(sink);
  } else if (back >= 0) {
    block(back).backward(dh_, d_condition_, *scratch_, sink);
  } else {
    embed_backward(sink);
  }
}

void DitPass::embed() {
  at::add_out(states_[0], patches_.forward(flat(x_tokens_)).view_as(states_[0]), net_.positions());
  inner_ = time_in_.forward(features_);
  inner_active_ = at::silu(inner_);
  embedded_ = time_out_.forward(inner_active_);
  if (labels_.defined())
    embedded_.add_(at::embedding(net_.parameters().named(models::kDitLabelTable), labels_));
  condition_ = at::silu(embedded_);
}

void DitPass::output(const GradientSink& sink) {
  const at::Tensor& h = states_.back();
  const int64_t width = h.size(2);
  const auto modulation = [&](int64_t i) { return final_modulations_.narrow(1, i * width, width); };
  final_modulations_ = final_modulation_.forward(condition_);
  modulation(1).add_(1);
  by_samples(batch_, [&](const SampleRows& rows) {
    final_norm_.forward(rows, h, modulation(0).unsqueeze(1), modulation(1).unsqueeze(1));
  });
  const at::Tensor error = final_linear_.forward(flat(final_norm_.output)).view_as(target_tokens_);
  error.sub_(target_tokens_);
  losses_ = error.square().mean(at::IntArrayRef{1, 2});
  error.mul_(2.0 / static_cast<double>(error.numel()));  // d mean(e²) / de
  const at::Tensor d_normed = final_linear_.input_gradient(flat(error)).view_as(h);
  final_linear_.weight_gradient(flat(error), flat(final_norm_.output), scratch_->gradients, sink);
  dh_.zero_();
  const at::Tensor d_modulation = scratch_->modulation.view({-1}).narrow(0, 0, batch_ * 2 * width);
  const at::Tensor d_both = d_modulation.view({batch_, 2 * width});
  by_samples(batch_, [&](const SampleRows& rows) {
    final_norm_.backward(rows, h, modulation(1).unsqueeze(1), d_normed, dh_, d_both.narrow(1, 0, width),
                         d_both.narrow(1, width, width));
  });
  d_condition_ = final_modulation_.input_gradient(d_both);
  final_modulation_.weight_gradient(d_both, condition_, scratch_->gradients, sink);
}

void DitPass::embed_backward(const GradientSink& sink) {
  patches_.weight_gradient(flat(dh_), flat(x_tokens_), scratch_->gradients, sink);
  at::silu_backward_out(d_condition_, d_condition_, embedded_);
  if (labels_.defined()) {
    const at::Tensor& table = net_.parameters().named(models::kDitLabelTable);
    const at::Tensor gradient = at::zeros_like(table).index_add_(0, labels_, d_condition_);
    sink(table.storage_offset(), gradient.flatten(), 0);
  }
  at::Tensor d_inner = time_out_.input_gradient(d_condition_);
  time_out_.weight_gradient(d_condition_, inner_active_, scratch_->gradients, sink);
  at::silu_backward_out(d_inner, d_inner, inner_);
  time_in_.weight_gradient(d_inner, features_, scratch_->gradients, sink);
}

}  // namespace lf::training
