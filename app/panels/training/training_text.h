// What a run does, in sentences.
#pragma once

#include <cstdint>
#include <string>

#include "protocol/snapshot.h"

namespace lf {

/// Training digits of the data that are loaded, or MNIST's while there are none.
int64_t expected_train_count(const RunBlock& run);

/// What the run shown (or, when there is none, the next one) trains: "Autoencoder 3 epochs (1,407 steps of
/// 128 digits), then flow 1,404 steps of 256 digits."
std::string budget_sentence(const Snapshot& snapshot);

/// How the learning rates move: "Flow rate: up over 100 steps to 0.0015, constant, then down to 0 over the
/// last 50 %."
std::string schedule_sentence(const Snapshot& snapshot);

/// What a pair of curves says: the last smoothed training loss beside the held-out one, and whether they
/// part.
std::string loss_sentence(const Series& train, const Series& test);

/// What the line of steps is that were given up; "" where there are none.
std::string lost_sentence(const Series& lost);

/// Why "Train longer" cannot be pressed now; "" when it can.
std::string train_longer_reason(const RunBlock& run);

/// Mean of the last `count` values, NaN when there is none.
double recent_mean(const Series& series, size_t count);

/// The last two names of a path, which say most: "…/data/mnist".
std::string path_end(const std::string& path);

/// 818234 -> "818 k", 4912345 -> "4.91 M"; "—" for none.
std::string parameter_text(int64_t count);

}  // namespace lf
