// Bare weights of the reference system's networks in .safetensors files, under their Python names.
#pragma once

#include <map>
#include <memory>
#include <string>

#include "models/dit.h"
#include "models/kl_autoencoder.h"

namespace lf {

/// The tensors of a weights file under today's names: a prefix "net." is taken off, the attention's old names
/// (query, key, value, proj_attn) become to_q, to_k, to_v, to_out.0; all float32.
struct Weights {
  std::string path;
  std::map<std::string, at::Tensor> tensors;
  std::map<std::string, std::string> metadata;
};

enum class WeightsKind { Dit, KlAutoencoder, Other };

/// Throws InputError for files that are not sound, pickles (with the lines that convert them), tensors that
/// are not floating point, and names that collide once the prefix is off.
Weights read_weights(const std::string& path);

/// Which network the names belong to.
WeightsKind weights_kind(const Weights& weights);

/// The configuration behind the shapes; the heads come from metadata num_heads, else from `heads` (0: none
/// given), else width/64, which sets `notice`. Throws InputError where nothing fits, or metadata and shapes
/// contradict each other.
DitConfig dit_config_of(const Weights& weights, int64_t heads, std::string& notice);
KlAutoencoderConfig kl_config_of(const Weights& weights);

/// The network with these weights. Throws InputError that lists every missing, unexpected and misshapen
/// tensor.
std::unique_ptr<Dit> load_dit(const Weights& weights, int64_t heads, bool trainable, std::string& notice);
std::unique_ptr<KlAutoencoder> load_kl_autoencoder(const Weights& weights);

/// Writes the network with its configuration as metadata; Python's strict loading accepts the file. Throws
/// RunError.
void save_dit(const std::string& path, const Dit& net);
void save_kl_autoencoder(const std::string& path, const KlAutoencoder& net);

}  // namespace lf
