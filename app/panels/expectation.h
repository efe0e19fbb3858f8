// What an empty card says about when it will be filled.
#pragma once

#include <string>

#include "protocol/snapshot.h"

namespace lf {

/// What an empty card waits for.
enum class Awaited { AutoencoderStep, FlowStep, Score };

/// The end of an empty card's text: when the awaited comes while something runs, what to press where nothing
/// does.
std::string when_it_comes(const Snapshot& snapshot, Awaited what);

}  // namespace lf
