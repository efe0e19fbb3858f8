// Two to four models on the same noise, computed in slices.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/sliced_work.h"
#include "compare/divergence.h"
#include "compare/subject.h"
#include "metrics/evaluator.h"
#include "metrics/judge.h"
#include "preview/preview.h"

namespace lf::compare {

/// The classifier of the digits with this digest; null if there is none.
using JudgeFor = std::function<std::shared_ptr<const metrics::Judge>(const std::string& digest)>;

struct ComparisonRequest {
  std::vector<std::string> paths;
  preview::PreviewRequest preview;
  JudgeFor judge_for;   ///< empty: nothing is scored
  int64_t samples = 0;  ///< of one evaluation; 0: none
  int64_t evaluations = 0;
  bool tolerant = false;  ///< a model that cannot be read keeps its place, with the reason; else it throws
};

class Comparison : public SlicedWork {
 public:
  explicit Comparison(ComparisonRequest request);

  /// One slice: a model read, part of a trajectory or of an evaluation. Throws InputError unless tolerant.
  bool advance() override;
  double progress() const override;
  /// Other noise, class or solver: the trajectories are computed again, everything else stays.
  void sample_again(const preview::PreviewRequest& preview);
  const preview::PreviewRequest& preview() const { return request_.preview; }

  /// True once the trajectories of every model are known, with the present noise.
  bool sampling_ends() const { return related_ && sampled_ == subjects_.size(); }

  /// What is known so far. A new block whenever that has changed.
  std::shared_ptr<const CompareBlock> block();
  /// Their curves, in the same order.
  const std::vector<RunCurves>& curves() const { return curves_; }
  /// Those that could be read; null for the others.
  const Subject* subject(size_t index) const { return subjects_[index].model ? &subjects_[index] : nullptr; }
  /// Where the second diverges from the first.
  const Divergence& first_divergence() const { return divergence_; }

 private:
  CompareBlock& changed();
  void open_next();
  void relate();
  void choose_axes();
  bool sample_slice();
  bool score_slice();
  bool scores(size_t model) const;

  ComparisonRequest request_;
  std::vector<Subject> subjects_;
  std::vector<std::shared_ptr<const metrics::Judge>> judges_;  ///< of each; null without one
  std::vector<RunCurves> curves_;
  Divergence divergence_;
  inference::LatentAxes axes_;
  bool related_ = false;
  std::unique_ptr<preview::Preview> sampling_;
  size_t sampled_ = 0;  ///< models whose trajectories are complete
  std::unique_ptr<metrics::Evaluator> evaluator_;
  size_t scored_ = 0;  ///< models with all their evaluations
  std::shared_ptr<CompareBlock> next_ = std::make_shared<CompareBlock>();
  std::shared_ptr<const CompareBlock> published_ = next_;
  bool changed_ = false;
  uint64_t versions_ = 0;
};

}  // namespace lf::compare
