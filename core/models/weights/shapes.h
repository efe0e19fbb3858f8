// Which network the names and shapes of a weights file describe; nothing here needs the numbers.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "models/dit.h"
#include "models/kl_autoencoder.h"

namespace lf {

/// Names (today's) and shapes of the tensors of one network, and what its file says beside them.
struct WeightShapes {
  std::string path;  ///< how errors call the file
  std::map<std::string, std::vector<int64_t>> shapes;
  std::map<std::string, std::string> metadata;
};

/// The configuration behind the shapes; the heads come from metadata num_heads, else from `heads` (0: none
/// given), else width/64, which sets `notice`. Throws InputError where nothing fits, or metadata and shapes
/// contradict each other; what is known of other systems' networks is said.
DitConfig dit_config_of(const WeightShapes& weights, int64_t heads, std::string& notice);
KlAutoencoderConfig kl_config_of(const WeightShapes& weights);

/// A Dit's tensors in a file: the trainable ones and its positions.
std::vector<ParameterSpec> dit_file_layout(const DitConfig& config);

}  // namespace lf
