// What a file of tensors is, by its metadata and names: files of this program, and networks of others that
// people name where weights are asked for.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "files/tensors/weight_files.h"

namespace lf {

/// The types and shapes of a file's tensors under their names, and its metadata.
struct StoredNames {
  std::string path;
  struct Tensor {
    std::string dtype;
    std::vector<int64_t> shape;
  };
  std::map<std::string, Tensor> tensors;
  std::map<std::string, std::string> metadata;
};
StoredNames stored_names(const WeightFiles& files);

/// What a file is, in words.
struct FileIdentity {
  std::string what;  ///< "a model of this program (preset fast)"; "" where nothing is known
  std::string use;   ///< what it is good for here: "open it with --model"; "" for other systems' networks
};
FileIdentity identity_of(const StoredNames& file);

/// The identity as the end of an error: "it is a LoRA adapter", or how many tensors there are and what the
/// first is called.
std::string described(const StoredNames& file);

}  // namespace lf
