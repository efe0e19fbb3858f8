// The pairs of a reflow: noise, and where the flow takes it (Liu et al. 2023, "Flow straight and fast").
#pragma once

#include <ATen/ATen.h>

#include <map>
#include <optional>
#include <string>

#include "flow/integrate.h"
#include "inference/model.h"
#include "training/flow/pairs.h"

namespace lf {

/// What is to be made. Noise and labels are a pure function of it.
struct PairPlan {
  int64_t count = 0;      ///< pairs
  double unlabelled = 0;  ///< share of pairs drawn without a label, so that guidance keeps its other half
  uint64_t seed = 1;
  int64_t round = 1;  ///< 1 for the first reflow of a flow, 2 for the reflow of that one, …
};

/// Solves the flow for every pair, a velocity evaluation a slice; digits come in turn.
class PairMaker {
 public:
  /// `teacher`, whose averaged weights answer, outlives the work; null where load() brings all pairs.
  PairMaker(const Model* teacher, const PairPlan& plan);

  /// One slice; false when all pairs are there.
  bool advance();
  bool complete() const { return made_ == plan_.count; }
  double progress() const;
  /// All of them; those not made yet end in zeros.
  const FlowPairs& pairs() const { return pairs_; }

  /// The ends (n, 64) of the pairs made so far: all that a checkpoint must keep.
  at::Tensor made() const { return pairs_.x1.narrow(0, 0, made_).clone(); }
  /// Takes them over. Throws InputError naming `file` where they do not fit the plan.
  void load(const at::Tensor& ends, const std::string& file);

 private:
  void begin_block();
  void finish_block();

  const Model* teacher_;
  PairPlan plan_;
  FlowPairs pairs_;
  int64_t made_ = 0;
  VelocityField field_;
  std::optional<Integration> integration_;
};

/// How often the flow of a model was reflowed, as its file says.
int64_t reflows(const Model& model);

/// A model that is trained on from where `from`'s averaged weights stand: same settings, autoencoder and
/// scale, no flow steps yet, one reflow more. On the processor.
std::unique_ptr<Model> student_of(const Model& from);

}  // namespace lf
