// The cards of the map, in three files.
#pragma once

#include "lab/map/result.h"
#include "panels/lab/panels.h"

namespace lf::app::panels {

/// The training digit that is pinned as "a" or "b".
int64_t pinned_digit(const PanelContext& c, const char* which);
/// True if its position on the map is known.
bool is_encoded(const LabMap& map, int64_t index);
/// A pinned digit's position, or its last known one; label −1: unknown.
LabMapCache::Pin place_of_pin(const PanelContext& c, const LabMap& map, const char* which);

/// Number of visible points, and the share of the latents' variance in their plane.
std::string map_answer(const PanelContext& c, const LabMap& map);
/// The two pinned digits, and a button to the interpolation between them.
void draw_map_pins(const PanelContext& c, const LabMap& map);
/// The standard deviations of each class in the plane.
void draw_map_spread(const PanelContext& c, const LabMap& map);

}  // namespace lf::app::panels
