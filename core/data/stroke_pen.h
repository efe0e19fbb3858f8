// Turns strokes into pixels: of the built-in digits, and of a digit drawn with the mouse.
#pragma once
#include <array>
#include <vector>

#include "data/stroke_random.h"
#include "data/stroke_shapes.h"
#include "files/idx/image_set.h"

namespace lf::data {

/// A short segment of a stroke, in pixels of the 28x28 image.
struct InkSegment {
  double x0, y0, x1, y1;
};

/// The segments of one handwritten digit: a shape of its class, its points wobbled, rounded, and
/// transformed by a random stretch, slant and rotation; scaled into a box of about 20 pixels, like
/// MNIST's digits.
std::vector<InkSegment> write_digit(int digit, StrokeRandom& random);

/// Draws segments with a round pen of `radius` pixels and moves the image so that its centre of
/// mass is in the middle. Writes 784 pixels, 255 = ink.
void ink_picture(std::vector<InkSegment> segments, double radius, double softness, uint8_t* pixels);

}  // namespace lf::data
