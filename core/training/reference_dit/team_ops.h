// Building blocks of a hand-written pass: linear layers whose products the threads share by rows of
// the weight, and operations per sample, which the threads share by samples.
#pragma once

#include <ATen/ATen.h>

#include <cstdint>
#include <functional>
#include <string>

#include "kernels/arithmetic.h"
#include "kernels/bfloat/rows.h"
#include "models/parameter_set.h"
#include "parallel/fork_join.h"

namespace lf::training {

/// Receives contiguous gradient values (n) of the parameters from `offset` on in the flat buffer as
/// soon as they are known; they are in scratch memory until it returns. Called by several threads
/// at once for disjoint ranges. It may overwrite those parameters: nothing reads them again before
/// the next pass. `part` (0 … kParts − 1) is the part of the weight, with the same ranges every
/// time, so sums per part need no lock and are deterministic.
using GradientSink = std::function<void(int64_t offset, const at::Tensor& values, int64_t part)>;

/// The samples of one part: rows(tensor) is its part of a tensor (B, …).
struct SampleRows {
  parallel::RowRange range;
  int64_t part = 0;
  at::Tensor operator()(const at::Tensor& tensor) const { return tensor.narrow(0, range.first, range.count); }
};

/// work(rows) for all parts of `batch` samples concurrently, without autograd; an empty part is
/// skipped.
void by_samples(int64_t batch, const std::function<void(const SampleRows& rows)>& work);

/// Memory for gradients before they reach a sink, (kParts, n), for weights of up to `inputs`
/// columns. Kept from step to step: the system would zero new memory each time.
at::Tensor gradient_scratch(int64_t inputs);

/// y = x Wᵀ + b with the parameters of a ParameterSet ("name.weight", "name.bias"), and the
/// products of its gradient.
class TeamLinear {
 public:
  /// The weight may have any shape (O, …), seen as (O, I). Both share memory with the set. Products
  /// use `arithmetic`.
  TeamLinear(const models::ParameterSet& parameters, const std::string& name, kernels::Arithmetic arithmetic);

  /// y (N, O) from x (N, I).
  at::Tensor forward(const at::Tensor& x);
  /// dx (N, I) = dy W from dy (N, O).
  at::Tensor input_gradient(const at::Tensor& dy);
  /// Passes dW = dyᵀ x and db = Σ dy to `sink`, in each part a few rows of W at a time, so that
  /// they are still in the cache when an optimiser reads them. input_gradient needs the old weight:
  /// call it first. `scratch` is that of gradient_scratch for at least this many inputs.
  void weight_gradient(const at::Tensor& dy, const at::Tensor& x, const at::Tensor& scratch,
                       const GradientSink& sink);

  int64_t outputs() const { return weight_.size(0); }
  int64_t inputs() const { return weight_.size(1); }

 private:
  at::Tensor weight_, bias_;  ///< (O, I), (O)
  int64_t weight_offset_, bias_offset_;
  kernels::Arithmetic arithmetic_;
  kernels::BfloatRows rounded_x_, rounded_dy_;  ///< in bfloat16
};

}  // namespace lf::training
