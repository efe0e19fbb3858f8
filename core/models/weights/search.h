// Finds the networks in a weights file by names and shapes alone: under any prefix, under other programs'
// names, raw and averaged.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "models/weights/kinds.h"
#include "models/weights/shapes.h"

namespace lf {

enum class WeightsKind { Dit, KlAutoencoder, Other };

/// "DiT", "AutoencoderKL" or "other".
std::string kind_name(WeightsKind kind);

/// A network that a file holds, or seems to.
struct FoundNetwork {
  WeightsKind kind = WeightsKind::Other;
  std::string prefix;    ///< what stands before its names, "first_stage_model." or ""
  bool average = false;  ///< the prefix says that these are averages of the weights
  std::string program;   ///< whose names they are, where they had to be translated: "latent-diffusion"
  WeightShapes shapes;   ///< under today's names
  std::map<std::string, std::string> stored;  ///< today's name → name in the file
  std::string misfit;                         ///< why it cannot be used; "" where names and shapes fit
};

/// Every network in a file, those that fit first.
std::vector<FoundNetwork> networks_in(const StoredNames& file);

/// The shape of `name` as it is here: some files keep the attention's matrices as 1×1 convolutions.
std::vector<int64_t> weight_shape(const std::string& name, const std::vector<int64_t>& stored);

}  // namespace lf
