// The index of weights that are split over several files ("model.safetensors.index.json"), and the names of
// such parts ("model-00002-of-00005.safetensors").
#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace lf::files {

/// The content of an index: the file of each tensor, in the index's own folder.
struct WeightIndex {
  std::map<std::string, std::string> file_of;  ///< name of a tensor → name of its file

  /// The files' names, each once, in order.
  std::vector<std::string> files() const;
};

/// Larger indices are refused: 16 MB name more than 100,000 tensors.
inline constexpr uint64_t kMaxIndexBytes = 16'000'000;

/// Parses the JSON text of an index; `name` is used in errors. Throws InputError if it is no index,
/// names a tensor twice, or names files that are not .safetensors in its folder.
WeightIndex parse_weight_index(const std::string& text, const std::string& name);

/// The position of one part in its series.
struct PartName {
  std::string stem;           ///< "model"
  int64_t part = 0, all = 0;  ///< 2, 5
  size_t digits = 5;          ///< how the numbers are written

  /// The name of the `number`-th part.
  std::string file(int64_t number) const;
  /// The name of the index of the series.
  std::string index() const { return stem + ".safetensors.index.json"; }
};

/// Reads a name such as "model-00002-of-00005.safetensors"; nothing for other names.
std::optional<PartName> part_name(const std::string& file);

}  // namespace lf::files
