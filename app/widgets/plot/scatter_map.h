// A map of points in the plane: a fixed cloud, moving points with their paths, zoom, pan and hover.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "gl/point_cloud.h"
#include "widgets/control/control.h"

namespace lf::app::widgets {

/// State of the map between frames.
struct ScatterState {
  float zoom = 1;
  float pan_x = 0, pan_y = 0;  ///< units
  uint64_t cloud_version = ~0ull;
  std::string cloud_theme;
  gl::PointCloud cloud;
};

/// One moving point.
struct ScatterPath {
  std::vector<ImVec2> points;  ///< position per state
  Color colour = 0;
  bool quiet = false;  ///< only its head is drawn, unless it is selected or under the mouse
};

struct ScatterSpec {
  ControlInfo info;
  const float* cloud = nullptr;           ///< (cloud_count, 2)
  const uint8_t* cloud_labels = nullptr;  ///< (cloud_count); 10 and more: no class, drawn grey
  size_t cloud_count = 0;
  uint64_t cloud_version = 0;
  bool show_cloud = true, show_paths = true;
  bool show_labels = true;                          ///< the class's name at the middle of its points
  const std::vector<ScatterPath>* paths = nullptr;  ///< with trajectories
  const float* particles = nullptr;                 ///< (particle_count, 2): moving points without a path
  const uint8_t* particle_labels = nullptr;
  size_t particle_count = 0;
  bool particles_stand_out = false;  ///< outlined diamonds, larger than any dot of the cloud
  float state = 0;                   ///< the current state; between two states positions are interpolated
  int selected = -1;                 ///< path drawn on top
};

struct ScatterResult {
  int hovered = -1;         ///< path whose head or track is under the mouse
  float hovered_state = 0;  ///< nearest state along it
  bool clicked = false;
  ImVec2 mouse;                    ///< pixels
  bool over = false;               ///< the mouse is on the map and not dragging
  float mouse_x = 0, mouse_y = 0;  ///< the same in the units of the map
  float pixels = 1;                ///< a unit's length
  ImVec2 origin;                   ///< position of the units' (0, 0), pixels
};

/// One of the outlined particles, as maps draw it, for a legend.
void particle_diamond(Ui& ui, ImVec2 at, Color colour);

ScatterResult scatter_map(Ui& ui, const Rect& area, ScatterState& state, const ScatterSpec& spec);

}  // namespace lf::app::widgets
