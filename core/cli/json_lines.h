// The words of `--json`: one object per line.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "protocol/snapshot.h"

namespace lf {

/// {"event":…,"phase":…,"step":…,"seconds":…,"loss":…} and more of the present state. The phase is "paused"
/// where a run stands still in the middle of one. Numbers that are not finite become null.
nlohmann::ordered_json event_line(const std::string& event, const Snapshot& snapshot);

/// The object as text without line breaks; bytes that are no UTF-8 (odd file names) are replaced.
std::string line_text(const nlohmann::ordered_json& object);

}  // namespace lf
