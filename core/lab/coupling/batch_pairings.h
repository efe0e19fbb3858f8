// Compares three couplings on the same batches of noise and digits.
#pragma once

#include "base/sliced_work.h"
#include "lab/coupling/result.h"
#include "lab/latent_store.h"

namespace lf::lab {

class BatchPairings : public SlicedWork {
 public:
  /// Model and latents (already required) outlive it; `batch` pairs each.
  BatchPairings(const inference::Model& model, LatentStore& latents, int64_t batch, uint64_t seed);

  /// One slice: some latents, or one coupling of one batch. False when all batches are measured.
  bool advance() override;
  double progress() const override;
  /// True when the last slice completed a batch.
  bool news() const { return news_; }
  bool known() const { return done_ > 0; }
  void publish(LabCoupling& found) const;

 private:
  void draw_next();
  void measure(size_t law);

  const inference::Model& model_;
  LatentStore& latents_;
  int64_t batch_;
  uint64_t seed_;
  int64_t done_ = 0;  ///< batches
  size_t law_ = 0;    ///< the next coupling of the current batch
  at::Tensor x0_, x1_, labels_;
  std::vector<std::vector<double>> costs_, skews_, excesses_;  ///< by coupling, then batch
  LabCoupling first_;                                          ///< the first batch, for display
  bool news_ = false;
};

}  // namespace lf::lab
