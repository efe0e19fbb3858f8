// Bare weights of the reference system's networks, wherever they lie and whatever program wrote them: read
// under today's Python names as float32, written under them.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "models/dit.h"
#include "models/kl_autoencoder.h"
#include "models/weights/search.h"

namespace lf {

/// The tensors of one network under today's names, all float32.
struct Weights {
  std::string path;
  std::map<std::string, at::Tensor> tensors;
  std::map<std::string, std::string> metadata;
  /// What a person should know of how they were read: prefix, translated names, averages, what was left out.
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
Weights read_network(WeightFiles& files, const FoundNetwork& chosen);

/// The network with these weights; of a DiT `heads` and `notice` are as in dit_config_of. Throws InputError
/// that lists every missing, unexpected and misshapen tensor, and those with values that are not finite.
std::unique_ptr<Dit> load_dit(const Weights& weights, int64_t heads, bool trainable, std::string& notice);
std::unique_ptr<KlAutoencoder> load_kl_autoencoder(const Weights& weights);

/// Writes the network with its configuration as metadata; Python's strict loading accepts the file. Throws
/// RunError.
void save_dit(const std::string& path, const Dit& net);
void save_kl_autoencoder(const std::string& path, const KlAutoencoder& net);

}  // namespace lf
