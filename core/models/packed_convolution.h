// A convolution of a ParameterSet with its weights packed for the products of convolution.h.
#pragma once

#include <ATen/core/Tensor.h>

#include <string>
#include <vector>

#include "kernels/arithmetic.h"
#include "kernels/bfloat/rows.h"
#include "kernels/convolution/convolution.h"
#include "models/parameter_set.h"

namespace lf::models {

/// Memory of one thread for operands rounded to bfloat16; it grows to the size that the largest
/// layer needs.
struct ConvScratch {
  std::vector<kernels::BfloatPair> input, gradient;
};

/// Grids are (sample, position, column) with pitch() numbers per row; see conv_columns(). It uses
/// the weights as of the last pack(). With bfloat16 their operands are rounded where that pays;
/// everything else stays float32.
class PackedConvolution {
 public:
  /// "name.weight" (O, I, k, k) and "name.bias" (O), on the processor; `plan` outlives this.
  PackedConvolution(const ParameterSet& parameters, const std::string& name, const kernels::ConvPlan& plan,
                    bool with_backward, kernels::Arithmetic arithmetic = kernels::Arithmetic::Float32);
  /// For weights that are not trained, in float32: only forward() may be called.
  PackedConvolution(at::Tensor weight, at::Tensor bias, const kernels::ConvPlan& plan);

  /// Copies the weights, also for input_gradient() if the constructor enabled it.
  void pack();

  /// y (S, outputs, out_columns()) from x (S, inputs, in_pitch()).
  void forward(int64_t samples, const float* x, float* y, ConvScratch& scratch) const;
  /// dx (S, inputs, in_pitch()) from dy (S, outputs, out_columns()); added to dx if `add`.
  void input_gradient(int64_t samples, const float* dy, float* dx, ConvScratch& scratch,
                      bool add = false) const;
  /// Adds the gradient of the packed matrices to `gradient` (gradient_size()). The bias's part
  /// (out_columns()) follows them; the caller computes it with bias_gradient().
  void add_gradient(int64_t samples, const float* x, const float* dy, float* gradient,
                    ConvScratch& scratch) const;
  float* bias_gradient(float* gradient) const { return gradient + gradient_size() - out_columns(); }

  int64_t gradient_size() const;
  /// Sums several of these gradients in their order, adds the sum to the parameters' part of
  /// `flat_gradient` (P), and zeroes them.
  void collect_gradients(const std::vector<float*>& gradients, float* flat_gradient) const;

  /// A single channel is dense: its gradient is not needed.
  int64_t in_pitch() const { return in_ == 1 ? 1 : kernels::conv_columns(in_); }
  int64_t out_columns() const { return kernels::conv_columns(out_); }
  const kernels::ConvPlan& plan() const { return plan_; }

 private:
  PackedConvolution(at::Tensor weight, at::Tensor bias, const kernels::ConvPlan& plan, bool with_backward,
                    kernels::Arithmetic arithmetic);
  bool with_backward() const { return !backward_.empty(); }
  bool pays_rounding() const;
  void pack_taps(float* forward, float* backward) const;
  void add_taps(const float* from, float* to) const;

  const kernels::ConvPlan& plan_;
  at::Tensor weight_, bias_;
  int64_t in_, out_;
  int64_t weight_offset_ = 0, bias_offset_ = 0;      ///< in the flat buffer of a set's parameters
  std::vector<float> forward_, backward_;            ///< (matrix, I, out_columns()), (matrix, O, in_pitch())
  std::vector<float> forward_taps_, backward_taps_;  ///< the same of single taps, where matrices are sums
  bool rounds_;
  /// The same in pairs of I and of O, where operands are rounded.
  std::vector<kernels::BfloatPair> forward_words_, backward_words_;
  std::vector<float> start_, zero_;  ///< (out_columns()), (in_pitch())
};

}  // namespace lf::models
