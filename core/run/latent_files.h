// Posteriors of an autoencoder from a file, kept on disk by what they belong to: encoding a data set with a
// large one takes an hour, and every run may use what an earlier one encoded.
#pragma once

#include <ATen/ATen.h>

#include <filesystem>

#include "training/latent_cache.h"

namespace lf {

/// Where the posteriors of these digits under this autoencoder are kept: a file of the cache folder named by
/// both digests. pixels: uint8 (N, 784).
std::filesystem::path latents_file(const Autoencoder& autoencoder, const at::Tensor& pixels);

/// Takes what `file` knows; a missing, damaged or foreign file knows nothing.
void load_latents(const std::filesystem::path& file, LatentCache& cache);

/// Writes what `cache` knows. Throws RunError.
void save_latents(const LatentCache& cache, const std::filesystem::path& file);

}  // namespace lf
