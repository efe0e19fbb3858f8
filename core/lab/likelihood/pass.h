// One pass over some digits of a data set, in slices: what the lab's tool and `latentflow likelihood` repeat.
#pragma once

#include <optional>

#include "base/sliced_work.h"
#include "inference/latent_likelihood.h"
#include "lab/latent_store.h"

namespace lf::lab {

/// Digits [first, first + count) of a split, by the exact trace or by Hutchinson's estimate.
struct LikelihoodTask {
  bool exact = false;
  int64_t first = 0, count = 0;
};

/// What every pass over a split shares; all of it outlives the passes.
struct LikelihoodScene {
  const inference::Model& model;
  LatentStore& latents;
  LatentStore::Split& split;
  inference::LatentDensity density;
};

class LikelihoodPass : public SlicedWork {
 public:
  /// Pass number `pass` of the task. The scene outlives it.
  LikelihoodPass(const LikelihoodScene& scene, const LikelihoodTask& task, int64_t pass)
      : scene_(scene), task_(task), pass_(pass) {}

  /// Encodes a block of digits, prepares the integration, or evaluates the velocity once.
  bool advance() override;
  double progress() const override { return run_ ? run_->progress() : 0; }
  const LikelihoodTask& task() const { return task_; }
  /// Only when complete.
  flow::LogLikelihood result() const { return run_->result(); }

 private:
  void begin();

  const LikelihoodScene& scene_;
  LikelihoodTask task_;
  int64_t pass_;
  std::optional<flow::LikelihoodRun> run_;
};

/// The numbers of digits 0 to n − 1 of a split, which grow batch by batch.
struct LikelihoodRows {
  std::vector<uint8_t>& labels;
  std::vector<float>&bits, &error;  ///< per latent dimension; standard error by the probes
  std::vector<double>* nats = nullptr;
};
/// Writes what `mean` found of the first `count` digits of a batch that begins at digit `first`. labels: (n)
/// int64 of the split.
void write_rows(LikelihoodRows rows, const inference::MeanLikelihood& mean, const at::Tensor& labels,
                int64_t first, int64_t count);

}  // namespace lf::lab
