// Bare weights of the reference system's networks, from any folder and program: read as float32,
// and written, under the current Python names.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "models/dit.h"
#include "models/kl_autoencoder.h"
#include "models/weights/search.h"

namespace lf::models {

/// The tensors of one network under the current names, all float32.
struct Weights {
  std::string path;
  std::map<std::string, at::Tensor> tensors;
  std::map<std::string, std::string> metadata;
  /// Notes for the user on how they were read: prefix, translated names, averages, ignored tensors.
  std::vector<std::string> notes = {};
};

/// Reads the network of this kind (Other: whichever there is, a DiT where there are both) out of a
/// .safetensors file, an index, a part of a series or a folder: under any prefix, in the names of
/// latent-diffusion and older diffusers too, averaged weights unless `raw`. Tensors of other networks in the
/// file are not read. Throws InputError for what is not sound, weights in other formats (named, with what to
/// do), files without such a network, tensors that are missing, unexpected or misshapen (all listed), or no
/// floating-point numbers, and names that collide.
Weights read_weights(const std::string& path, WeightsKind kind = WeightsKind::Other, bool raw = false);

/// The network `chosen` of these files.
Weights read_network(files::WeightFiles& files, const FoundNetwork& chosen);

/// The network with these weights; for a DiT, `heads` and `notice` are as in dit_config_of. Throws
/// InputError that lists every missing, unexpected and misshapen tensor, and those with values that
/// are not finite.
std::unique_ptr<Dit> load_dit(const Weights& weights, int64_t heads, bool trainable, std::string& notice);
std::unique_ptr<KlAutoencoder> load_kl_autoencoder(const Weights& weights);

/// Writes the network with its configuration as metadata; Python's strict loading accepts the file. Throws
/// RunError.
void save_dit(const std::string& path, const Dit& net);
void save_kl_autoencoder(const std::string& path, const KlAutoencoder& net);

}  // namespace lf::models
