// The map of latents that Explore shows: its axes and the points of known digits. Trajectories are drawn on
// it.
#pragma once

#include <ATen/ATen.h>

#include <memory>

#include "inference/latent_axes.h"
#include "protocol/snapshot.h"

namespace lf::preview {

struct LatentMap {
  inference::LatentAxes axes;
  std::shared_ptr<MapBlock> block;  ///< without origin and version
};

/// The first two latent dimensions, while no latents are known.
inference::LatentAxes plain_axes();

/// Axes and points of standardised latents (N, 64) with labels (N) int64. `shown` is the map of the same
/// model on the screen, maybe empty: the new one is turned like it, so that it does not jump.
LatentMap make_latent_map(const at::Tensor& standard, const at::Tensor& labels, const MapBlock& shown);

/// Turns the points of a stored preview, whose map may have other signs or exchanged axes, so that final
/// digits are near their class.
void turn_to_map(FlowBlock& flow, const MapBlock& map);

}  // namespace lf::preview
