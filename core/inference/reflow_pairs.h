// The pairs of a reflow: noise, and the latent that the flow generates from it (Liu et al. 2023,
// "Flow straight and fast").
#pragma once

#include <ATen/ATen.h>

#include <map>
#include <optional>
#include <string>

#include "base/sliced_work.h"
#include "flow/integrate.h"
#include "inference/model.h"
#include "training/flow/pairs.h"

namespace lf::inference {

/// The plan of the pairs. Noise and labels are a pure function of it.
struct PairPlan {
  int64_t count = 0;      ///< pairs
  double unlabelled = 0;  ///< share of pairs without a label, so that guidance keeps its unconditional part
  uint64_t seed = 1;
  int64_t round = 1;  ///< 1 for the first reflow of a flow, 2 for the reflow of that one, …
};

/// Solves the flow for every pair, one function evaluation per slice; classes take turns.
class ReflowPairMaker : public SlicedWork {
 public:
  /// `teacher`, whose averaged weights are used, outlives this object; null if load() supplies all
  /// pairs.
  ReflowPairMaker(const Model* teacher, const PairPlan& plan);

  /// Advances one slice; false when all pairs are complete.
  bool advance() override;
  bool complete() const { return made_ == plan_.count; }
  double progress() const override;
  /// All pairs; incomplete ones end in zeros.
  const training::FlowPairs& pairs() const { return pairs_; }

  /// The ends (n, 64) of the complete pairs: all that a checkpoint needs.
  at::Tensor made() const { return pairs_.x1.narrow(0, 0, made_).clone(); }
  /// Restores them. Throws InputError naming `file` if they do not fit the plan.
  void load(const at::Tensor& ends, const std::string& file);

 private:
  void begin_block();
  void finish_block();

  const Model* teacher_;
  PairPlan plan_;
  training::FlowPairs pairs_;
  int64_t made_ = 0;
  flow::VelocityField field_;
  std::optional<flow::Integration> integration_;
};

/// How many reflows a model has behind it, according to its file.
int64_t reflows(const Model& model);

/// A model whose training continues from `from`'s averaged weights: same settings, autoencoder and
/// standardisation, no flow steps yet, one reflow more. On the processor.
std::unique_ptr<Model> student_of(const Model& from);

}  // namespace lf::inference
