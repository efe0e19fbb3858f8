// AdamW (Kingma & Ba 2015; Loshchilov & Hutter 2019) on one flat buffer, with clipping by the global norm.
#pragma once

#include <ATen/ATen.h>

#include <map>
#include <string>

namespace lf {

struct AdamWOptions {
  double beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8, weight_decay = 0;
  double clip = 0;  ///< longest gradient norm taken as it is; 0 does not clip
};

/// Moments for one flat parameter buffer.
class AdamW {
 public:
  /// `parameters` and `gradients` (both (P) float32) are kept and updated in place.
  AdamW(at::Tensor parameters, at::Tensor gradients, const AdamWOptions& options);

  /// One update at `rate`; afterwards the gradients are zero again. Returns the gradient norm before
  /// clipping.
  double step(double rate);

  int64_t steps() const { return steps_; }
  /// Moments and step count, for checkpoints; load throws InputError naming `file` where they do not fit.
  std::map<std::string, at::Tensor> to_map(const std::string& prefix) const;
  void load(const std::map<std::string, at::Tensor>& tensors, const std::string& prefix,
            const std::string& file);

 private:
  at::Tensor parameters_, gradients_, first_, second_, step_, clip_divisor_;
  AdamWOptions options_;
  int64_t steps_ = 0;
};

}  // namespace lf
