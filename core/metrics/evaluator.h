// A full evaluation of a model, in slices. The model is known only through two functions.
#pragma once

#include <ATen/core/Tensor.h>

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/classes.h"
#include "base/sliced_work.h"
#include "metrics/class_statistics.h"
#include "metrics/judge.h"
#include "metrics/memorisation.h"
#include "metrics/reconstruction.h"

namespace lf::metrics {

/// Generates digits: `labels` (n) int64 of the requested classes -> uint8 (n, 28, 28).
/// `block_index` counts blocks from 0: derive the noise from it and a fixed seed, so an evaluation
/// never touches training's generators. An undefined tensor means "not finished": the next slice
/// calls again for the same block.
using ImageSource = std::function<at::Tensor(const at::Tensor& labels, uint64_t block_index)>;

/// Encodes and decodes test digits: uint8 (n, 28, 28) -> float32 (n, 28, 28) in [0, 1].
using Reconstructor = std::function<at::Tensor(const at::Tensor& images_u8)>;

/// The contents of an evaluation. Optional parts are skipped when their input is absent, and stay
/// NaN in the result.
struct EvaluationRequest {
  int64_t count = 10000;      ///< samples; 1,000 for the live badge
  uint64_t seed = 1;          ///< of the classes (by the training shares)
  int64_t block = 256;        ///< samples per slice, at most 256
  ImageSource generate;       ///< required
  bool labelled = true;       ///< false: the model ignores labels, so accuracy is NaN (shown as '—')
  Reconstructor reconstruct;  ///< empty: no PSNR, no rFD%
  at::Tensor test_images;     ///< uint8 (N, 28, 28); needed for reconstructions and memorisation
  at::Tensor train_images;    ///< uint8 (N, 28, 28); undefined: no memorisation check
  int64_t memorisation_count = 1000;  ///< samples compared with the training set, at most 1,000
};

/// The scores of a model. FD% and rFD% are in percent, shares in [0, 1]; NaN = not measured.
struct Evaluation {
  double fd = 0, fd_floor = 0, rfd = 0;
  double accuracy = 0, psnr = 0, class_kl = 0, mean_ink = 0;
  double memorisation = 0;  ///< Memorisation::share_below
  bool memorisation_alarm = false;
  int64_t count = 0;
  std::string judge;  ///< Judge::name()
  char grade = '-';
  ByClass<double> digit_accuracy{};
  ByClass<ByClass<int64_t>> confusion{};
  std::optional<Memorisation> copies;
};

/// Runs a request in slices of at most one block of images each.
class Evaluator : public SlicedWork {
 public:
  /// `judge` is kept by value (its tensors are shared). InputError on an unusable request.
  Evaluator(Judge judge, EvaluationRequest request);
  /// Advances one slice; false once everything is measured.
  bool advance() override;
  int64_t count() const { return request_.count; }
  /// Progress in [0, 1].
  double progress() const override;
  /// The scores; RunError before the end.
  Evaluation finish() const;

 private:
  enum class Stage { kSamples, kReconstructions, kCopies, kRealCopies, kDone };

  // Each advances one block and returns whether its stage has more.
  bool sample_slice();
  bool reconstruction_slice();
  bool search_slice();
  void enter_next();
  bool wants_reconstructions() const;
  bool wants_copies() const;
  void add_accuracy(Evaluation& result) const;
  void add_copies(Evaluation& result) const;

  Judge judge_;
  EvaluationRequest request_;
  Stage stage_ = Stage::kSamples;
  at::Tensor labels_;  // (count)
  int64_t next_ = 0;   // next sample or test image of the stage
  int64_t slices_ = 0;
  double ink_ = 0;
  FeatureStats features_{kJudgeFeatures};
  FeatureStats reconstructed_{kJudgeFeatures};
  ClassStatistics classes_;
  ReconstructionStatistics errors_;
  std::vector<at::Tensor> kept_;  // first samples, for the memorisation check
  std::optional<NeighbourSearch> search_;
  std::optional<Neighbours> samples_near_, real_near_;
};

/// `count` classes sampled by the shares of `label_counts`, deterministic in `seed`: (count) int64.
at::Tensor draw_digits(const ByClass<int64_t>& label_counts, int64_t count, uint64_t seed);

}  // namespace lf::metrics
