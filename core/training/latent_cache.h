// Posteriors of a whole set, each computed once: all in advance, or each when its digit is first
// used.
#pragma once

#include <ATen/ATen.h>

#include <map>
#include <string>

#include "base/sliced_work.h"
#include "training/latents.h"

namespace lf::training {

class LatentCache : public SlicedWork {
 public:
  /// Empty at first. `pixels` uint8 (N, 784); the autoencoder outlives the cache. The flow learns
  /// latents with `noise` times each posterior's standard deviation (`latent.noise`).
  LatentCache(const models::Autoencoder& autoencoder, at::Tensor pixels, double noise = 1);
  /// Complete from the start: posteriors (N, 64) from elsewhere, as the flow learns them.
  explicit LatentCache(Latents latents);

  int64_t size() const { return known_.size(0); }
  int64_t known_count() const { return known_count_; }
  bool complete() const { return known_count_ == size(); }

  /// Encodes one block of unknown digits, in order; true while some remain.
  bool advance() override;
  double progress() const override;
  /// Encodes one block of the unknown digits among `indices` (B) int64; true while some of these
  /// remain.
  bool advance_on(const at::Tensor& indices);

  /// What the flow learns of `indices` (B), which are known: each latent's mean and standard deviation.
  Latents rows(const at::Tensor& indices) const;
  /// The posteriors of `indices` (B) themselves, for training the decoder.
  Latents posteriors(const at::Tensor& indices) const;
  /// Indices (n) int64 of the first known digits, at most `most`.
  at::Tensor first_known(int64_t most) const;
  /// What the flow learns of all digits; unknown rows are zero.
  const Latents& all() const { return learned_; }

  /// The known posteriors, for a file.
  std::map<std::string, at::Tensor> to_map() const;
  /// Restores the content of a file. Throws InputError naming `file` if it does not fit.
  void load(const std::map<std::string, at::Tensor>& tensors, const std::string& file);

 private:
  void encode(const at::Tensor& indices);
  void learn();

  const models::Autoencoder* autoencoder_ = nullptr;
  at::Tensor pixels_;
  double noise_ = 1;
  Latents posteriors_, learned_;  ///< they share memory where they are equal
  at::Tensor known_;              ///< (N) bool
  int64_t known_count_ = 0;
};

}  // namespace lf::training
