#pragma once
#include <array>
#include <vector>

#include "data/counter_random.h"
#include "data/stroke_shapes.h"
#include "files/idx/image_set.h"

namespace lf {

/// A short piece of a drawn line, in pixels of the 28x28 picture.
struct InkSegment {
  double x0, y0, x1, y1;
};

/// The line pieces of one hand-written digit: a shape of its class, its points wobbled, rounded, and put
/// through a random stretch, slant and turn; scaled into a box of about 20 pixels, as MNIST's digits are.
std::vector<InkSegment> write_digit(int digit, CounterRandom& random);

/// Draws line pieces with a round pen of `radius` pixels and moves the picture so that its centre of mass is
/// in the middle. Writes 784 pixels, 255 = ink.
void ink_picture(std::vector<InkSegment> segments, double radius, double softness, uint8_t* pixels);

}  // namespace lf
