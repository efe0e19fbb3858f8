// How much each pixel of a photograph differs from the paper around it.
#pragma once
#include "files/digit/plane.h"
#include "files/image/photo.h"

namespace lf::files {

/// The channels of a photograph that may hold ink, and the area of its paper.
struct Sheet {
  std::vector<Plane> channels;  ///< 0 to 255; one (opacity) or three (red, green, blue)
  Mask valid;                   ///< 0 outside the paper: beyond the edge of a card, or of a note on a desk
  int width() const { return channels[0].width; }
  int height() const { return channels[0].height; }
};

/// The content under the transparency decides. Ink on a transparent page is defined by its opacity,
/// whatever its colour; a card with transparent surroundings is a sheet of its own.
Sheet sheet_of(const Photo& photo);

/// A part of this sheet as a sheet of its own: the pixels of `part`, which is not empty.
Sheet part_of(const Sheet& sheet, const Mask& part);

/// What counts as ink. Relative to the paper next to it: as the sheet suggests for each channel, or
/// the opposite. Relative to the paper of the whole sheet: as suggested, darker, or lighter.
enum class InkReading { Nearby, OppositeNearby, Likely, Darker, Lighter };

/// About 0 for paper, about 1 for black ink on white: the largest difference of any channel,
/// relative to the possible one, so that coloured and faint ink count and shaded paper does not.
/// Light ink on dark paper counts equally.
Plane ink_on(const Sheet& sheet, InkReading reading);

/// The unsigned difference of each pixel from the mean of those of `others` around it, in the same
/// unit; 0 if there are none.
Plane contrast_to(const Sheet& sheet, const Mask& others, int radius);

/// Possible brightness of the paper of one channel: a constant, and, if most of it fits one that is
/// not constant, also a smooth surface. Ink is darker than either.
std::vector<Plane> paper_brightness(const Plane& channel, const Mask& valid);

}  // namespace lf::files
