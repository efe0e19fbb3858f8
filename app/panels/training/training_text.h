// The plan of a run, in sentences.
#pragma once

#include <cstdint>
#include <string>

#include "protocol/snapshot.h"

namespace lf::app::panels {

/// Number of training digits of the current data, or MNIST's if there are none.
int64_t expected_train_count(const RunBlock& run);

/// What the current run (or, if there is none, the next one) trains: "Autoencoder 3 epochs (1,407
/// steps of 128 digits), then flow 1,404 steps of 256 digits."
std::string budget_sentence(const Snapshot& snapshot);

/// The learning-rate schedule: "Flow rate: up over 100 steps to 0.0015, constant, then down to 0
/// over the last 50 %."
std::string schedule_sentence(const Snapshot& snapshot);

/// A sentence on a pair of curves: the last smoothed training loss beside the held-out one, and
/// whether they diverge.
std::string loss_sentence(const Series& train, const Series& test);

/// The meaning of the line of discarded steps; "" if there are none.
std::string lost_sentence(const Series& lost);

/// Why "Train longer" is disabled; "" if it is not.
std::string train_longer_reason(const RunBlock& run);

/// Mean of the last `count` values, NaN if there are none.
double recent_mean(const Series& series, size_t count);

/// The last two names of a path, the most informative ones: "…/data/mnist".
std::string path_end(const std::string& path);

/// 818234 -> "818 k", 4912345 -> "4.91 M"; "—" for none.
std::string parameter_text(int64_t count);

}  // namespace lf::app::panels
