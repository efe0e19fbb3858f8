// Finds the networks in a weights file by names and shapes alone: under any prefix, under other programs'
// names, raw and averaged.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "models/weights/kinds.h"
#include "models/weights/shapes.h"

namespace lf::models {

enum class WeightsKind { Dit, KlAutoencoder, Other };

/// "DiT", "AutoencoderKL" or "other".
std::string kind_name(WeightsKind kind);

/// A network, or a candidate for one, in a file.
struct FoundNetwork {
  WeightsKind kind = WeightsKind::Other;
  std::string prefix;                         ///< prefix of its names, "first_stage_model." or ""
  bool average = false;                       ///< the prefix says that these are averages of the weights
  std::string program;                        ///< the program whose names were translated: "latent-diffusion"
  WeightShapes shapes;                        ///< under the names used here
  std::map<std::string, std::string> stored;  ///< name used here → name in the file
  std::string misfit;                         ///< why it cannot be used; "" if names and shapes fit
};

/// Every network in a file, fitting ones first.
std::vector<FoundNetwork> networks_in(const StoredNames& file);

/// The shape of `name` as used here: some files keep the attention's matrices as 1×1 convolutions.
std::vector<int64_t> weight_shape(const std::string& name, const std::vector<int64_t>& stored);

}  // namespace lf::models
