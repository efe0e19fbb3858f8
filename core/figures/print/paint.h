// A drawing as pixels.
#pragma once

#include "figures/print/drawing.h"
#include "files/image/png.h"

namespace lf::figures {

/// The drawing with `scale` pixels per unit. Throws InputError for more than 16,384 pixels on a side.
files::Image8 painted(const Drawing& drawing, double scale = 1);

/// The colours of a picture, three or (where one is not opaque) four channels.
files::Image8 tinted(const Picture& picture);
/// A cloud alone on a transparent ground, with `scale` pixels per unit.
files::Image8 painted_cloud(const Cloud& cloud, double scale);

}  // namespace lf::figures
