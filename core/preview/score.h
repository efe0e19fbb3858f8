// A score: an evaluation of a model, as the snapshot and the files of a run know it.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "inference/model.h"
#include "metrics/evaluator.h"
#include "metrics/judge.h"
#include "protocol/snapshot.h"

namespace lf::preview {

/// An evaluation of the present model; `full` adds reconstructions and the memorisation check.
std::unique_ptr<metrics::Evaluator> make_evaluator(const inference::Model& model, const metrics::Judge& judge,
                                                   const data::DataTensors& data, int64_t count, bool full);

/// FD and accuracy alone, of samples whose classes and noise follow from `seed`.
std::unique_ptr<metrics::Evaluator> make_sample_evaluator(const inference::Model& model,
                                                          const metrics::Judge& judge, int64_t count,
                                                          uint64_t seed);

/// The results of an evaluation as a score at this step.
Score to_score(const metrics::Evaluation& evaluation, int64_t step, double seconds);

/// The same for display, in one line; a dash for what was not measured.
std::string score_words(const Score& score);

/// The one line that `eval --json` prints.
std::string score_json(const Score& score, const std::string& judge);

}  // namespace lf::preview
