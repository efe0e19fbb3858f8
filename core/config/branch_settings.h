// The settings that a branch of a run may change: those that change no shape and no meaning of its weights.
#pragma once

#include <string>
#include <vector>

#include "config/settings.h"

namespace lf {

/// Their keys, in the order of the table of settings.
const std::vector<std::string>& branch_settings();

/// `parent` with the settings of `words` ("flow.lr=0.002 flow.label_drop=0.2"). Throws InputError for other
/// settings, naming those that are possible, and for values out of range.
Settings branched_settings(const Settings& parent, const std::string& words);

/// The keys in which the two differ, with the values of `branch`: "flow.lr=0.002".
std::vector<std::string> changed_settings(const Settings& parent, const Settings& branch);

}  // namespace lf
