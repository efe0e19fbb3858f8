#version 330 core
// Soft discs of a point cloud: position in the units of the cloud, colour per point.
layout(location = 0) in vec2 position;
layout(location = 1) in vec4 colour;
uniform vec4 range;      // left, bottom, right, top of what is visible
uniform float diameter;  // of a disc, in pixels
uniform float opacity;
out vec4 tint;

void main() {
  vec2 unit = (position - range.xy) / (range.zw - range.xy);
  gl_Position = vec4(unit * 2.0 - 1.0, 0.0, 1.0);
  gl_PointSize = diameter + 1.0;
  tint = vec4(colour.rgb, colour.a * opacity);
}
