// How much of a run is the autoencoder's, where the settings leave it to the length of the flow.
#pragma once

#include <cstdint>

#include "config/settings.h"

namespace lf {

/// How often the autoencoder sees all `train_count` digits beside `flow_steps` steps of the flow: the setting
/// autoencoder.epochs, or where that is "auto", until it has seen a fifth of the flow's digits, but at least
/// half an epoch (docs/recipe.md).
double autoencoder_epochs(const Settings& settings, int64_t flow_steps, int64_t train_count);

/// After how many of them the encoder is frozen: the setting autoencoder.freeze, or where that is "auto", a
/// tenth of the flow's digits, but at least half an epoch. Infinite for "end".
double encoder_epochs(const Settings& settings, int64_t flow_steps, int64_t train_count);

/// Whole batches of `autoencoder.batch` digits, at least one.
int64_t autoencoder_steps_per_epoch(const Settings& settings, int64_t train_count);

/// Both in optimiser steps, at least one; INT64_MAX where the encoder is never frozen.
int64_t autoencoder_steps(const Settings& settings, int64_t flow_steps, int64_t train_count);
int64_t encoder_steps(const Settings& settings, int64_t flow_steps, int64_t train_count);

}  // namespace lf
