// Identifies a file of tensors by its metadata and names: files of this program, and other networks
// that users might pass as weights.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "files/tensors/weight_files.h"

namespace lf::models {

/// The types and shapes of a file's tensors by name, and its metadata.
struct StoredNames {
  std::string path;
  struct Tensor {
    std::string dtype;
    std::vector<int64_t> shape;
  };
  std::map<std::string, Tensor> tensors;
  std::map<std::string, std::string> metadata;
};
StoredNames stored_names(const files::WeightFiles& files);

/// The identity of a file, as text.
struct FileIdentity {
  std::string what;  ///< "a model of this program (preset fast)"; "" if unknown
  std::string use;   ///< its use here: "open it with --model"; "" for other systems' networks
};
FileIdentity identity_of(const StoredNames& file);

/// The identity as the end of an error: "it is a LoRA adapter", or the number of tensors and the
/// name of the first.
std::string described(const StoredNames& file);

}  // namespace lf::models
