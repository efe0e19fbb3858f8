// How settings become the options of the two trainers: each setting of a trainer is read here and nowhere
// else.
#pragma once

#include <cstdint>

#include "config/settings.h"
#include "training/autoencoder/trainer.h"
#include "training/flow/trainer.h"

namespace lf::run {

/// Of a run on `train_count` digits; its steps are those of the preset's own budget.
training::AutoencoderTrainingOptions autoencoder_options(const Settings& settings, int64_t train_count);
training::FlowTrainingOptions flow_options(const Settings& settings);

}  // namespace lf::run
