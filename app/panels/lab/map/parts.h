// The cards of the map, in three files.
#pragma once

#include "lab/map/result.h"
#include "panels/lab/panels.h"

namespace lf {

/// The training digit that is pinned as "a" or "b".
int64_t pinned_digit(const PanelContext& c, const char* which);
/// Is its place on the map known by now?
bool is_encoded(const LabMap& map, int64_t index);
/// Where a pinned digit is, or was when its place was known last; label −1: nobody knows yet.
LabMapCache::Pin place_of_pin(const PanelContext& c, const LabMap& map, const char* which);

/// How many points are shown, and how much of the latents their plane shows.
std::string map_answer(const PanelContext& c, const LabMap& map);
/// The two digits pinned, and the way to the interpolation between them.
void draw_map_pins(const PanelContext& c, const LabMap& map);
/// How far each class is spread in the plane.
void draw_map_spread(const PanelContext& c, const LabMap& map);

}  // namespace lf
