// Texts of an empty card about when it will be filled.
#pragma once

#include <string>

#include "protocol/snapshot.h"

namespace lf::app::panels {

/// What an empty card waits for.
enum class Awaited { AutoencoderStep, FlowStep, Score };

/// The end of an empty card's text: when the content comes if something runs, otherwise what to
/// press.
std::string when_it_comes(const Snapshot& snapshot, Awaited what);

}  // namespace lf::app::panels
