// Posteriors of an autoencoder from a file, kept on disk by their digests. A large autoencoder
// takes an hour for a data set, and later runs reuse the result.
#pragma once

#include <ATen/ATen.h>

#include <filesystem>

#include "training/latent_cache.h"

namespace lf::run {

/// The file for the posteriors of these digits with this autoencoder: in the cache folder, named by
/// both digests. pixels: uint8 (N, 784).
std::filesystem::path latents_file(const models::Autoencoder& autoencoder, const at::Tensor& pixels);

/// Adds the content of `file`; a missing, damaged or foreign file adds nothing.
void load_latents(const std::filesystem::path& file, training::LatentCache& cache);

/// Writes the known posteriors of `cache`. Throws RunError.
void save_latents(const training::LatentCache& cache, const std::filesystem::path& file);

}  // namespace lf::run
