// The tensors of an AutoencoderKL: names and shapes, in the order of its Python modules.
#pragma once

#include <vector>

#include "models/kl_autoencoder.h"

namespace lf::models {

std::vector<ParameterSpec> kl_layout(const KlAutoencoderConfig& config);

}  // namespace lf::models
