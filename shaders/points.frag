#version 330 core
// A disc with a one-pixel soft rim, so that a dense cloud does not look like squares.
in vec4 tint;
uniform float diameter;
out vec4 result;

void main() {
  float distance = length(gl_PointCoord - 0.5) * (diameter + 1.0);
  float cover = clamp(0.5 * diameter + 0.5 - distance, 0.0, 1.0);
  result = vec4(tint.rgb, tint.a * cover);
}
