// Posteriors of a whole set, each computed once: all of them ahead, or each when its digit is first drawn.
#pragma once

#include <ATen/ATen.h>

#include <map>
#include <string>

#include "training/latents.h"

namespace lf {

class LatentCache {
 public:
  /// Knows nothing yet. `pixels` uint8 (N, 784); the autoencoder outlives the cache. The flow learns latents
  /// of `noise` times each posterior's standard deviation (`latent.noise`).
  LatentCache(const Autoencoder& autoencoder, at::Tensor pixels, double noise = 1);
  /// Knows everything already: posteriors (N, 64) from elsewhere, as the flow learns them.
  explicit LatentCache(Latents latents);

  int64_t size() const { return known_.size(0); }
  int64_t known_count() const { return known_count_; }
  bool complete() const { return known_count_ == size(); }
  double progress() const;

  /// Encodes one block of the digits `indices` (B) int64 that are not known yet; true once all of them are.
  bool prepare(const at::Tensor& indices);
  /// Encodes one block of unknown digits, in order; true while some are left.
  bool fill();

  /// What the flow learns of `indices` (B), which are known: each latent's mean and standard deviation.
  Latents rows(const at::Tensor& indices) const;
  /// The posteriors of `indices` (B) themselves, which the decoder learns.
  Latents posteriors(const at::Tensor& indices) const;
  /// Indices (n) int64 of the first known digits, at most `most`.
  at::Tensor first_known(int64_t most) const;
  /// What the flow learns of all digits; rows that are not known are zero.
  const Latents& all() const { return learned_; }

  /// The posteriors that are known, for a file.
  std::map<std::string, at::Tensor> to_map() const;
  /// Takes what a file knows. Throws InputError naming `file` where it does not fit.
  void load(const std::map<std::string, at::Tensor>& tensors, const std::string& file);

 private:
  void encode(const at::Tensor& indices);
  void learn();

  const Autoencoder* autoencoder_ = nullptr;
  at::Tensor pixels_;
  double noise_ = 1;
  Latents posteriors_, learned_;  ///< they share what is the same
  at::Tensor known_;              ///< (N) bool
  int64_t known_count_ = 0;
};

}  // namespace lf
