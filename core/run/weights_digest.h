// Identifies networks by the bytes of their weights, for provenance and replay.
#pragma once

#include <string>

#include "inference/model.h"

namespace lf::run {

/// SHA-256 of the autoencoder's float32 weights, as in memory.
std::string autoencoder_digest(const inference::Model& model);

/// SHA-256 of the velocity network's weights, and of their average if there is one.
std::string flow_digest(const inference::Model& model);

}  // namespace lf::run
