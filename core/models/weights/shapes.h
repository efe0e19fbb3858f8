// The network that the names and shapes of a weights file describe; nothing here needs the numbers.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "models/dit.h"
#include "models/kl_autoencoder.h"

namespace lf::models {

/// Names (as used here) and shapes of the tensors of one network, and the file's metadata on it.
struct WeightShapes {
  std::string path;  ///< name of the file in errors
  std::map<std::string, std::vector<int64_t>> shapes;
  std::map<std::string, std::string> metadata;
};

/// The configuration that follows from the shapes. The heads come from metadata num_heads, else
/// from `heads` (0: none given), else width/64, which sets `notice`. Throws InputError where
/// nothing fits, or metadata and shapes contradict each other; known networks of other systems are
/// named.
DitConfig dit_config_of(const WeightShapes& weights, int64_t heads, std::string& notice);
KlAutoencoderConfig kl_config_of(const WeightShapes& weights);

/// A Dit's tensors in a file: the trainable ones and its positions.
std::vector<ParameterSpec> dit_file_layout(const DitConfig& config);

}  // namespace lf::models
