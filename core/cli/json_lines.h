// The output of `--json`: one object per line.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "protocol/snapshot.h"

namespace lf::cli {

/// {"event":…,"phase":…,"step":…,"seconds":…,"loss":…} and more of the current state. The phase is
/// "paused" if a run is paused in the middle of one. Numbers that are not finite become null.
nlohmann::ordered_json event_line(const std::string& event, const Snapshot& snapshot);

/// The object as text without line breaks; bytes that are not UTF-8 (unusual file names) are
/// replaced.
std::string line_text(const nlohmann::ordered_json& object);

}  // namespace lf::cli
