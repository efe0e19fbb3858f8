// The points of a scatter map: too many for ImGui to draw again in every frame.
#pragma once

#include <cstdint>
#include <vector>

#include "gl/buffer.h"
#include "gl/framebuffer.h"
#include "gl/program.h"

namespace lf::app::gl {

/// A point of a cloud: its position (units of the caller) and its colour (bytes R, G, B, A).
struct CloudPoint {
  float x, y;
  uint32_t colour;
};

/// Draws thousands of soft discs into its own texture, and again only after a change: with software
/// rendering the cloud then costs one textured rectangle per frame.
class PointCloud {
 public:
  /// The points to draw; uploaded at once.
  void set_points(const std::vector<CloudPoint>& points);

  /// One view of the cloud.
  struct View {
    int width = 0, height = 0;   ///< pixels
    float left = 0, bottom = 0;  ///< of the visible range, in the points' units
    float right = 1, top = 1;
    float diameter = 3;               ///< pixels
    float opacity = 1;                ///< multiplies each point's alpha
    float background[3] = {0, 0, 0};  ///< R, G, B in [0, 1] behind the points
    bool operator==(const View& o) const;
  };
  /// The texture of this view (opaque, first row at the bottom), redrawn if needed; 0 without
  /// OpenGL.
  uint32_t texture(const View& view);

 private:
  void draw(const View& view);

  Program program_;
  VertexBuffer buffer_;
  Framebuffer target_;
  int count_ = 0;
  bool changed_ = true;
  View drawn_;
};

}  // namespace lf::app::gl
