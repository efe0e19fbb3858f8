// One pass over some digits of a data set, in slices: what the lab's tool and `latentflow likelihood` repeat.
#pragma once

#include <optional>

#include "inference/latent_likelihood.h"
#include "lab/latent_store.h"

namespace lf {

/// Digits [first, first + count) of a split, by the exact trace or by Hutchinson's estimate.
struct LikelihoodTask {
  bool exact = false;
  int64_t first = 0, count = 0;
};

class LikelihoodPass {
 public:
  /// All of it outlives the passes.
  LikelihoodPass(const Model& model, LatentStore& latents, LatentStore::Split& split,
                 const LatentDensity& density)
      : model_(model), latents_(latents), split_(split), density_(density) {}

  /// One slice: encodes a block of digits, begins pass number `pass` of the task, or evaluates the velocity
  /// once. The likelihoods when the pass is whole; the next call may be of another task.
  std::optional<LogLikelihood> advance(const LikelihoodTask& task, int64_t pass);
  /// 0..1 of the pass under way.
  double progress() const { return run_ ? run_->progress() : 0; }

 private:
  void begin(const LikelihoodTask& task, int64_t pass);

  const Model& model_;
  LatentStore& latents_;
  LatentStore::Split& split_;
  LatentDensity density_;
  std::optional<LikelihoodRun> run_;
};

/// The numbers of digits 0 to n − 1 of a split, which grow batch by batch.
struct LikelihoodRows {
  std::vector<uint8_t>& labels;
  std::vector<float>&bits, &error;  ///< per latent dimension; standard error by the probes
  std::vector<double>* nats = nullptr;
};
/// Writes what `mean` found of the first `count` digits of a batch that begins at digit `first`. labels: (n)
/// int64 of the split.
void write_rows(LikelihoodRows rows, const MeanLikelihood& mean, const at::Tensor& labels, int64_t first,
                int64_t count);

}  // namespace lf
