// The stage of a run in which its digits are encoded.
#pragma once

#include <string>

#include "base/sliced_work.h"
#include "inference/model.h"
#include "run/run_scene.h"
#include "training/latent_cache.h"

namespace lf::run {

class LatentStage : public SlicedWork {
 public:
  /// `scene` outlives it.
  explicit LatentStage(const RunScene& scene);

  /// Encodes what the flow needs before its first step: everything, or, if encoding is slow and the
  /// scale is given, the held-out digits alone. False when that is done.
  bool advance() override;
  double progress() const override;

  training::LatentCache& train() { return train_; }
  const training::LatentCache& train() const { return train_; }
  const training::LatentCache& test() const { return test_; }
  /// How many test digits are held out.
  int64_t held_out() const;
  /// Standardisation per latent dimension; or one factor, as the reference system has it: the given one for
  /// an autoencoder from a file, the measured one for our own, whose latents have another standard deviation.
  training::Standardisation scale() const;
  /// Keeps the posteriors of an autoencoder from a file on disk, for this and every other run. Throws
  /// RunError.
  void save() const;

 private:
  /// Encoding is slow and the scale is given: training digits are encoded when they are first used.
  bool lazy() const;

  const RunScene& scene_;
  training::LatentCache train_, test_;
  std::string file_;  ///< where the training posteriors are kept; "" where they are not
};

}  // namespace lf::run
