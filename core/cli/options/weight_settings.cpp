#include "cli/options/weight_settings.h"

#include "base/errors.h"
#include "base/number_text.h"
#include "protocol/command_limits.h"

namespace lf::cli {

WeightSettings weight_settings(const std::vector<std::string>& assignments) {
  WeightSettings found;
  for (const auto& text : assignments) {
    if (text == "weights=ema" || text == "weights=raw") {
      found.raw = text == "weights=raw";
      continue;
    }
    const bool known = text.rfind("heads=", 0) == 0;
    const auto value = known ? parse_integer(text.substr(6)) : std::nullopt;
    if (!value || *value < 1 || *value > kMostHeads)
      throw InputError("--set " + text + ": only heads=N, N from 1 to " + std::to_string(kMostHeads) +
                       ", and weights=ema or weights=raw are known here");
    found.heads = *value;
  }
  return found;
}

}  // namespace lf::cli
