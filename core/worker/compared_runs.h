// Models that the window compares: read from their files, whatever the current model is.
#pragma once

#include <memory>

#include "compare/comparison.h"
#include "preview/views.h"
#include "worker/context.h"

namespace lf::worker {

class ComparedRuns {
 public:
  /// Both outlive this object. `live` has the noise, class and solver of the trajectories.
  ComparedRuns(WorkerContext& context, const preview::Views& live) : context_(context), live_(live) {}

  /// Compares these models; none ends the comparison. What cannot be read keeps its place, with the reason.
  void choose(const CompareRunsCommand& command);

  /// True while the trajectories of a model are not complete.
  bool answer_waits() const { return comparison_ && (other_noise() || !sampled_); }
  /// True when a slice is due; evaluations wait until nothing trains.
  bool due(bool training) const;
  /// One slice.
  void advance();
  /// For the snapshot.
  std::shared_ptr<const CompareBlock> block();

 private:
  bool other_noise() const;
  void follow_saves();

  WorkerContext& context_;
  const preview::Views& live_;
  std::unique_ptr<compare::Comparison> comparison_;
  CompareRunsCommand chosen_;
  uint64_t saves_ = 0;  ///< of the publisher, when the models were read
  bool sampled_ = false, complete_ = false;
  size_t curves_ = 0;  ///< models whose curves are in the list of runs
};

}  // namespace lf::worker
