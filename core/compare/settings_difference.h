// The settings in which models differ.
#pragma once

#include <vector>

#include "config/settings.h"
#include "protocol/snapshot.h"

namespace lf::compare {

/// Only settings of which two of these have different values, in the order of the table of settings.
std::vector<SettingDifference> settings_difference(const std::vector<const Settings*>& models);

}  // namespace lf::compare
