// Options for reading a weights file.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace lf::cli {

struct WeightSettings {
  int64_t heads = 0;  ///< of "heads=N"; 0: not given
  bool raw = false;   ///< "weights=raw": in a file with both, not the averaged weights
};

/// Parses `assignments`. Throws InputError for anything else than heads=N and weights=ema or raw.
WeightSettings weight_settings(const std::vector<std::string>& assignments);

/// The help of --set where a weights file is named.
inline constexpr const char* kWeightSettingsHelp =
    "heads=N, for weights whose metadata do not name them; weights=raw, for files that also hold averages "
    "(ema)";

}  // namespace lf::cli
