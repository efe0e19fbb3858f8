#include "config/branch_settings.h"

#include <algorithm>
#include <sstream>

#include "base/errors.h"

namespace lf {
namespace {

/// What the flow's trainer reads at every step, and what concerns no training at all.
std::vector<std::string> permitted() {
  std::vector<std::string> keys{
      setting_key(&GeneralSettings::seed),   setting_key(&GeneralSettings::autosave),
      setting_key(&GeneralSettings::marks),  setting_key(&FlowSettings::label_drop),
      setting_key(&FlowSettings::batch),     setting_key(&FlowSettings::muon_lr),
      setting_key(&FlowSettings::lr),        setting_key(&FlowSettings::warmup),
      setting_key(&FlowSettings::decay),     setting_key(&FlowSettings::weight_decay),
      setting_key(&FlowSettings::beta2),     setting_key(&FlowSettings::clip),
      setting_key(&FlowSettings::time),      setting_key(&FlowSettings::coupling),
      setting_key(&FlowSettings::sigma_min), setting_key(&FlowSettings::ema_gamma),
      setting_key(&SamplerSettings::solver), setting_key(&SamplerSettings::steps),
      setting_key(&QualitySettings::live),   setting_key(&QualitySettings::interval),
      setting_key(&QualitySettings::count),  setting_key(&QualitySettings::final)};
  std::vector<std::string> ordered;
  for (const SettingInfo& info : setting_table())
    if (std::find(keys.begin(), keys.end(), info.key) != keys.end()) ordered.push_back(info.key);
  return ordered;
}

std::string list_of(const std::vector<std::string>& keys) {
  std::string list;
  for (const auto& key : keys) list += (list.empty() ? "" : ", ") + key;
  return list;
}

}  // namespace

const std::vector<std::string>& branch_settings() {
  static const std::vector<std::string> keys = permitted();
  return keys;
}

Settings branched_settings(const Settings& parent, const std::string& words) {
  Settings branch = parent;
  std::istringstream in(words);
  for (std::string word; in >> word;) {
    branch.set_assignment(word);
    const std::string key = word.substr(0, word.find('='));
    const auto& known = branch_settings();
    if (std::find(known.begin(), known.end(), key) == known.end())
      throw InputError("a branch cannot change " + key +
                       ", because weights or optimiser would no longer fit; it can change " + list_of(known));
  }
  check_together(branch);
  return branch;
}

std::vector<std::string> changed_settings(const Settings& parent, const Settings& branch) {
  std::vector<std::string> changed;
  for (const SettingInfo& info : setting_table())
    if (!info.equal(parent, branch)) changed.push_back(info.key + "=" + info.text(branch));
  return changed;
}

}  // namespace lf
