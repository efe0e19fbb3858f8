// The matrix products of a hand-written pass, in float32 or in bfloat16, on the calling thread.
#pragma once

#include <ATen/ATen.h>

#include <map>
#include <memory>
#include <string>

#include "kernels/arithmetic.h"
#include "kernels/bfloat/rows.h"
#include "models/parameter_set.h"

namespace lf::training {

/// The matrices of a ParameterSet rounded for products: once per step, for all passes over the set.
class RoundedWeights {
 public:
  /// Takes every parameter with two dimensions or more (O, …), seen as (O, I). The set outlives
  /// this object. In float32 it stays empty.
  RoundedWeights(const models::ParameterSet& parameters, kernels::Arithmetic arithmetic);

  /// Rounds all of them again; call when the parameters have changed. Uses the team's threads.
  void round();
  /// The rounded weight with that name; null in float32. Its address does not change.
  const kernels::BfloatWeight* find(const std::string& name) const;
  kernels::Arithmetic arithmetic() const { return arithmetic_; }

 private:
  struct Entry {
    at::Tensor values;  ///< (O, I)
    kernels::BfloatWeight rounded;
  };
  kernels::Arithmetic arithmetic_;
  std::map<std::string, std::unique_ptr<Entry>> entries_;
};

/// Rows of activations (N, C), as operands of a pass's products.
class PassRows {
 public:
  at::Tensor values;  ///< (N, C) float32

  /// Resizes to this shape; values are lost. Allocates only beyond the largest size so far.
  void resize(int64_t rows, int64_t columns, kernels::Arithmetic arithmetic);
  /// Call when `values` are complete, before any product; does nothing in float32.
  void round();
  const kernels::BfloatRows& rounded() const { return rounded_; }
  float* data() { return values.data_ptr<float>(); }
  const float* data() const { return values.const_data_ptr<float>(); }

 private:
  kernels::Arithmetic arithmetic_ = kernels::Arithmetic::Float32;
  kernels::BfloatRows rounded_;
};

/// y = x Wᵀ and the products of its gradient, into existing memory. W (O, I) is a view of the
/// parameters, its gradient a view of a flat buffer with the same layout.
class PassLinear {
 public:
  PassLinear() = default;
  /// The weight `name` of `parameters`; `weights` is of the same set and outlives this object.
  PassLinear(const models::ParameterSet& parameters, const at::Tensor& flat_gradient,
             const RoundedWeights& weights, const std::string& name);

  int64_t outputs() const { return weight_.size(0); }
  int64_t inputs() const { return weight_.size(1); }
  /// y (N, O) from x (N, I).
  void forward(at::Tensor& y, const PassRows& x) const;
  /// dx (N, I) from dy (N, O); `adds`: added to dx.
  void input_gradient(at::Tensor& dx, const PassRows& dy, bool adds = false) const;
  /// gradient += dyᵀ x.
  void add_gradient(const PassRows& dy, const PassRows& x);

 private:
  at::Tensor weight_, transposed_, gradient_;       ///< (O, I), (I, O), (O, I)
  const kernels::BfloatWeight* rounded_ = nullptr;  ///< null in float32
};

/// The parameter with that name outside of autograd, and its part of a flat gradient buffer.
at::Tensor parameter_values(const models::ParameterSet& parameters, const std::string& name);
at::Tensor parameter_gradient(const models::ParameterSet& parameters, const at::Tensor& flat_gradient,
                              const std::string& name);

/// Gives `tensor` this shape; allocates only beyond its largest size so far. Values are lost.
void resize_rows(at::Tensor& tensor, at::IntArrayRef shape);

}  // namespace lf::training
