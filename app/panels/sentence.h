#pragma once

#include <string>

#include "panels/panel.h"

namespace lf {

/// The answer of a card where one line may be too short: wraps at the bottom of `body` and leaves the rest of
/// it. At most half of the body is taken.
void sentence(const PanelContext& c, Rect& body, const std::string& text);

}  // namespace lf
