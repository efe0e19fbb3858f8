// The networks of a model as a page needs them.
#pragma once

#include <string>

#include "inference/latent_axes.h"
#include "inference/model.h"
#include "share/content.h"

namespace lf::jobs {

/// Why the networks of this model do not run in a page; "" if they do.
std::string no_live_network(const inference::Model& model);

/// Those used for sampling. `axes` and `map` are those of its latents. Requires no_live_network() to be "".
share::LiveNetwork live_network(const inference::Model& model, const inference::LatentAxes& axes,
                                const MapBlock& map);

}  // namespace lf::jobs
