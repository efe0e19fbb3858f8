#include "cli/weight_settings.h"

#include "messages/errors.h"
#include "messages/number_text.h"

namespace lf {

int64_t heads_setting(const std::vector<std::string>& assignments) {
  constexpr int64_t kMost = 65536;
  int64_t heads = 0;
  for (const auto& text : assignments) {
    const bool known = text.rfind("heads=", 0) == 0;
    const auto value = known ? parse_integer(text.substr(6)) : std::nullopt;
    if (!value || *value < 1 || *value > kMost)
      throw InputError("--set " + text + ": only heads=N is known here, N from 1 to " +
                       std::to_string(kMost));
    heads = *value;
  }
  return heads;
}

}  // namespace lf
