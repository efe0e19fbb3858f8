#include "models/packed_convolution.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <utility>

#include "kernels/convolution/bfloat_convolution.h"

namespace lf::models {
namespace {

constexpr int64_t kFewChannels = 4, kManyChannels = 16;

/// True if the matrices are just the kernel's taps, in their order.
bool plain(const kernels::ConvPlan& plan) {
  for (size_t m = 0; m < plan.matrices.size(); ++m) {
    if (plan.matrices[m] != kernels::TapSum{static_cast<int64_t>(m)}) return false;
  }
  return true;
}

int64_t taps_of(const kernels::ConvPlan& plan) { return plan.kernel * plan.kernel; }

void add(int64_t count, const float* from, float* to) {
  for (int64_t i = 0; i < count; ++i) to[i] += from[i];
}

/// matrices (matrix, size) as sums of taps (tap, size).
void sum_taps(const kernels::ConvPlan& plan, int64_t size, const std::vector<float>& taps, float* matrices) {
  for (const kernels::TapSum& sum : plan.matrices) {
    std::fill_n(matrices, size, 0.0f);
    for (const int64_t tap : sum) add(size, taps.data() + tap * size, matrices);
    matrices += size;
  }
}

/// rows (2n, columns) → (n, columns) words of a row and the next one.
void round_rows_in_pairs(const std::vector<float>& rows, int64_t columns,
                         std::vector<kernels::BfloatPair>& words) {
  kernels::BfloatPair* to = words.data();
  for (size_t row = 0; row < rows.size(); row += 2 * static_cast<size_t>(columns), to += columns)
    kernels::round_side_by_side(columns, rows.data() + row, rows.data() + row + columns, to);
}

kernels::BfloatPair* room_for(std::vector<kernels::BfloatPair>& words, int64_t count) {
  if (static_cast<int64_t>(words.size()) < count) words.resize(static_cast<size_t>(count));
  return words.data();
}

const kernels::BfloatPair* in_channel_pairs(int64_t count, const float* x,
                                            std::vector<kernels::BfloatPair>& scratch) {
  kernels::BfloatPair* words = room_for(scratch, kernels::padded_pairs(count));
  kernels::round_rows(1, count, x, count, words);
  return words;
}

/// x (samples, size) → (⌈samples/2⌉, size) words of a sample and the next one, or zero.
const kernels::BfloatPair* in_sample_pairs(int64_t samples, int64_t size, const float* x,
                                           std::vector<kernels::BfloatPair>& scratch) {
  kernels::BfloatPair* words = room_for(scratch, (samples + 1) / 2 * size);
  for (int64_t s = 0; s < samples; s += 2) {
    const float* second = s + 1 < samples ? x + (s + 1) * size : nullptr;
    kernels::round_side_by_side(size, x + s * size, second, words + s / 2 * size);
  }
  return words;
}

}  // namespace

PackedConvolution::PackedConvolution(at::Tensor weight, at::Tensor bias, const kernels::ConvPlan& plan,
                                     bool with_backward, kernels::Arithmetic arithmetic)
    : plan_(plan),
      weight_(std::move(weight)),
      bias_(std::move(bias)),
      in_(weight_.size(1)),
      out_(weight_.size(0)),
      rounds_(arithmetic == kernels::Arithmetic::BFloat16 && pays_rounding()),
      start_(static_cast<size_t>(out_columns())),
      zero_(static_cast<size_t>(in_pitch())) {
  const auto matrices = static_cast<int64_t>(plan_.matrices.size());
  const auto numbers = [](int64_t count) { return std::vector<float>(static_cast<size_t>(count)); };
  const int64_t forward_size = in_ * out_columns(), backward_size = with_backward ? out_ * in_pitch() : 0;
  forward_ = numbers(matrices * forward_size);
  backward_ = numbers(matrices * backward_size);
  if (rounds_) {
    forward_words_.resize(forward_.size() / 2);
    backward_words_.resize(backward_.size() / 2);
  }
  if (plain(plan_)) return;
  forward_taps_ = numbers(taps_of(plan_) * forward_size);
  backward_taps_ = numbers(taps_of(plan_) * backward_size);
}

PackedConvolution::PackedConvolution(const ParameterSet& parameters, const std::string& name,
                                     const kernels::ConvPlan& plan, bool with_backward,
                                     kernels::Arithmetic arithmetic)
    : PackedConvolution(parameters.named(name + ".weight").detach(),
                        parameters.named(name + ".bias").detach(), plan, with_backward, arithmetic) {
  weight_offset_ = weight_.storage_offset() - parameters.flat().storage_offset();
  bias_offset_ = bias_.storage_offset() - parameters.flat().storage_offset();
}

PackedConvolution::PackedConvolution(at::Tensor weight, at::Tensor bias, const kernels::ConvPlan& plan)
    : PackedConvolution(std::move(weight), std::move(bias), plan, /*with_backward=*/false,
                        kernels::Arithmetic::Float32) {}

/// One matrix per tap of the kernel: forward (tap, I, out_columns()) and, unless null, backward (tap, O,
/// in_pitch()).
void PackedConvolution::pack_taps(float* forward, float* backward) const {
  const int64_t taps = taps_of(plan_);
  const auto* weight = weight_.const_data_ptr<float>();
  for (int64_t i = 0; i < in_; ++i) {
    for (int64_t o = 0; o < out_; ++o) {
      const float* from = weight + (o * in_ + i) * taps;
      for (int64_t t = 0; t < taps; ++t) forward[(t * in_ + i) * out_columns() + o] = from[t];
    }
  }
  for (int64_t o = 0; backward && o < out_; ++o) {
    for (int64_t i = 0; i < in_; ++i) {
      const float* from = weight + (o * in_ + i) * taps;
      for (int64_t t = 0; t < taps; ++t) backward[(t * out_ + o) * in_pitch() + i] = from[t];
    }
  }
}

/// Layers with few products stay float32: they cost little, and the posterior's values are the
/// latents.
bool PackedConvolution::pays_rounding() const {
  return kernels::has_bfloat_convolutions() && plan_.kernel > 1 && in_ >= kManyChannels && in_ % 2 == 0 &&
         out_ % 2 == 0;
}

void PackedConvolution::pack() {
  std::copy_n(bias_.const_data_ptr<float>(), out_, start_.begin());
  const bool sums = !forward_taps_.empty();
  std::vector<float>&forward = sums ? forward_taps_ : forward_, &backward = sums ? backward_taps_ : backward_;
  pack_taps(forward.data(), with_backward() ? backward.data() : nullptr);
  if (sums) {
    sum_taps(plan_, in_ * out_columns(), forward, forward_.data());
    if (with_backward()) sum_taps(plan_, out_ * in_pitch(), backward, backward_.data());
  }
  if (!rounds_) return;
  round_rows_in_pairs(forward_, out_columns(), forward_words_);
  round_rows_in_pairs(backward_, in_pitch(), backward_words_);
}

void PackedConvolution::forward(int64_t samples, const float* x, float* y, ConvScratch& scratch) const {
  if (!rounds_) {
    return kernels::convolve(plan_.forward, samples, {x, in_, in_pitch()}, forward_.data(), start_.data(),
                             {y, out_columns()});
  }
  const kernels::BfloatPair* words =
      in_channel_pairs(samples * plan_.forward.inputs * in_pitch(), x, scratch.input);
  kernels::convolve_bfloat(plan_.forward, samples, {words, in_ / 2, in_pitch() / 2}, forward_words_.data(),
                           start_.data(), {y, out_columns()});
}

void PackedConvolution::input_gradient(int64_t samples, const float* dy, float* dx, ConvScratch& scratch,
                                       bool add) const {
  const float* start = add ? nullptr : zero_.data();
  if (!rounds_) {
    return kernels::convolve(plan_.backward, samples, {dy, out_, out_columns()}, backward_.data(), start,
                             {dx, in_pitch()});
  }
  const kernels::BfloatPair* words =
      in_channel_pairs(samples * plan_.forward.outputs * out_columns(), dy, scratch.gradient);
  kernels::convolve_bfloat(plan_.backward, samples, {words, out_ / 2, out_columns() / 2},
                           backward_words_.data(), start, {dx, in_pitch()});
}

void PackedConvolution::add_gradient(int64_t samples, const float* x, const float* dy, float* gradient,
                                     ConvScratch& scratch) const {
  if (rounds_) {
    const kernels::BfloatPair* inputs =
        in_sample_pairs(samples, plan_.forward.inputs * in_pitch(), x, scratch.input);
    const kernels::BfloatPair* gradients =
        in_sample_pairs(samples, plan_.forward.outputs * out_columns(), dy, scratch.gradient);
    return kernels::add_matrix_gradient_bfloat(plan_.by_matrix, (samples + 1) / 2, {inputs, in_, in_pitch()},
                                               {gradients, out_columns()}, gradient);
  }
  // A tile of sums needs several rows: those of one matrix, or of all taps where an input has few
  // channels.
  const kernels::ConvDirection& products = in_ < kFewChannels ? plan_.forward : plan_.by_matrix;
  kernels::add_matrix_gradient(products, samples, {x, in_, in_pitch()}, {dy, out_columns()}, gradient);
}

int64_t PackedConvolution::gradient_size() const {
  return (static_cast<int64_t>(plan_.matrices.size()) * in_ + 1) * out_columns();
}

void PackedConvolution::collect_gradients(const std::vector<float*>& gradients, float* flat_gradient) const {
  float* sum = gradients.front();
  for (size_t g = 1; g < gradients.size(); ++g) add(gradient_size(), gradients[g], sum);
  if (plain(plan_)) {
    add_taps(sum, flat_gradient + weight_offset_);
  } else {
    const int64_t size = in_ * out_columns();
    std::vector<float> taps(static_cast<size_t>(taps_of(plan_) * size));
    const float* matrix = sum;
    for (const kernels::TapSum& tap_sum : plan_.matrices) {  // each tap contributes to the gradient of each
                                                             // of its sums
      for (const int64_t tap : tap_sum) add(size, matrix, taps.data() + tap * size);
      matrix += size;
    }
    add_taps(taps.data(), flat_gradient + weight_offset_);
  }
  add(out_, bias_gradient(sum), flat_gradient + bias_offset_);
  for (float* gradient : gradients) std::fill_n(gradient, gradient_size(), 0.0f);
}

/// to (O, I, taps) += from (tap, I, out_columns()).
void PackedConvolution::add_taps(const float* from, float* to) const {
  const int64_t taps = taps_of(plan_), columns = out_columns();
  for (int64_t i = 0; i < in_; ++i) {
    for (int64_t o = 0; o < out_; ++o) {
      float* weight = to + (o * in_ + i) * taps;
      for (int64_t t = 0; t < taps; ++t) weight[t] += from[(t * in_ + i) * columns + o];
    }
  }
}

}  // namespace lf::models
