// A score: an evaluation of a model, as the snapshot and the files of a run know it.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "inference/model.h"
#include "metrics/evaluator.h"
#include "metrics/judge.h"
#include "protocol/snapshot.h"

namespace lf {

/// An evaluation of the model as it is now; `full` adds reconstructions and the search for copies.
std::unique_ptr<Evaluator> make_evaluator(const Model& model, const Judge& judge, const DataTensors& data,
                                          int64_t count, bool full);

/// The figures of an evaluation as a score taken at this step.
Score to_score(const Evaluation& evaluation, int64_t step, double seconds);

/// The same for people, in one line; what was not measured is a dash.
std::string score_words(const Score& score);

/// The one line that `eval --json` prints.
std::string score_json(const Score& score, const std::string& judge);

}  // namespace lf
