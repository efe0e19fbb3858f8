// Results that are longer than the last line of a card (widgets/control/card.h).
#pragma once

#include <string>

#include "panels/panel.h"

namespace lf::app::panels {

/// A card's result if one line may be too short: wraps at the bottom of `body` and leaves the rest
/// of it. It takes at most half of the body.
void sentence(const PanelContext& c, Rect& body, const std::string& text);

}  // namespace lf::app::panels
