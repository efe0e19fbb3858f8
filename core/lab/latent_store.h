// The latents of the data set with the current encoder, computed once for all tools, in slices, and
// only as far as a tool needs them.
#pragma once

#include <ATen/ATen.h>

#include <memory>
#include <string>

#include "data/data_tensors.h"
#include "inference/model.h"
#include "training/latent_cache.h"

namespace lf::lab {

class LatentStore {
 public:
  /// `data` outlives its use here; null if the digits that the model was trained on are
  /// unavailable.
  void set_data(const data::DataTensors* data);
  /// Sets the model whose encoder is used. `version` identifies the encoder: a new one drops all
  /// latents. The model outlives its use here, and its encoder does not change under the same
  /// version.
  void follow(const inference::Model& model, uint64_t version);
  /// Training posteriors that are already known, of the version that is set next.
  void offer_train(const training::Latents& known) { offered_ = known; }

  /// Throws InputError that begins with `what` if the digits are unavailable.
  void require(const std::string& what) const;
  const data::DataTensors& data() const { return *data_; }

  /// One half of the data set.
  struct Split {
    std::unique_ptr<training::LatentCache> cache;
    at::Tensor pixels, labels;
    /// Encodes one more block; true while some remain. Rows come in order.
    bool advance() { return cache->advance(); }
    bool complete() const { return cache->complete(); }
    double progress() const { return cache->progress(); }
    /// Rows [0, known) are known.
    int64_t known() const { return cache->known_count(); }
  };
  /// Only after require().
  Split& train();
  Split& test();
  /// Standardised posterior means (known, 64) of a split.
  at::Tensor standard_means(const Split& split) const;
  /// Standardised posterior standard deviations (known, 64).
  at::Tensor standard_deviations(const Split& split) const;

 private:
  Split& prepared(Split& split, const at::Tensor& pixels, const at::Tensor& labels,
                  const training::Latents& offered);

  const data::DataTensors* data_ = nullptr;
  const inference::Model* model_ = nullptr;
  uint64_t version_ = 0;
  training::Latents offered_;
  Split train_, test_;
};

}  // namespace lf::lab
