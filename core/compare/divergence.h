// The step at which two runs diverge, from the weights that both recorded.
#pragma once

#include <memory>
#include <string>

#include "base/sliced_work.h"
#include "compare/subject.h"
#include "run/repeated_run.h"

namespace lf::compare {

/// Where two records differ first.
struct Divergence {
  bool comparable = false;  ///< they have a recorded step in common
  bool diverges = false;
  int64_t same_steps = 0;       ///< optimiser steps of both parts at the last common step that is equal
  int64_t different_steps = 0;  ///< at the first one that is not
  std::string text;             ///< in one sentence, with what else the records say
};

/// Compares what two runs recorded.
Divergence find_divergence(const Subject& a, const Subject& b);

/// Trains both runs again, step by step, until their weights differ for the first time.
class DivergenceSearch : public SlicedWork {
 public:
  /// `known` is their find_divergence(). Throws InputError if one cannot be repeated.
  DivergenceSearch(const run::RepeatSource& a, const run::RepeatSource& b, const run::DeviceChoice& device,
                   Divergence known);
  bool advance() override;
  double progress() const override;
  /// The first step after which their weights differ, in one sentence.
  std::string text() const;

 private:
  void compare();

  run::RepeatedRun a_, b_;
  Divergence known_;
  int64_t compared_ = 0;  ///< steps after which both were compared last
  int64_t found_ = -1;    ///< steps after which they differ
  std::string place_;     ///< of that step
  bool ended_ = false;    ///< one of them cannot be followed further
};

}  // namespace lf::compare
