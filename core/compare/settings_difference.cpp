#include "compare/settings_difference.h"

#include <algorithm>

namespace lf::compare {

std::vector<SettingDifference> settings_difference(const std::vector<const Settings*>& models) {
  std::vector<SettingDifference> differences;
  for (const SettingInfo& info : setting_table()) {
    SettingDifference row{info.key, info.label, {}, {}};
    for (const Settings* settings : models) {
      row.values.push_back(info.text(*settings));
      row.initial.push_back(row.values.back() == settings->preset_text(info.key) ? 1 : 0);
    }
    const auto differs = [&](const std::string& value) { return value != row.values.front(); };
    if (std::any_of(row.values.begin(), row.values.end(), differs)) differences.push_back(std::move(row));
  }
  return differences;
}

}  // namespace lf::compare
