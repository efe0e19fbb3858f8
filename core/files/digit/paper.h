// How strongly each pixel of a photograph differs from the paper around it.
#pragma once
#include "files/digit/plane.h"
#include "files/image/photo.h"

namespace lf {

/// The channels of a photograph in which ink is looked for, and where its paper is.
struct Sheet {
  std::vector<Plane> channels;  ///< 0 to 255; one (opacity) or three (red, green, blue)
  Mask valid;                   ///< 0 where there is no paper: beyond the edge of a card, of a note on a desk
  int width() const { return channels[0].width; }
  int height() const { return channels[0].height; }
};

/// Decides by what lies under the transparency: ink on a transparent page is told by its opacity, whatever
/// its colour; a card with transparent surroundings is a sheet of its own.
Sheet sheet_of(const Photo& photo);

/// A sheet that is a part of this one, cut out: the pixels of `part`, which has some.
Sheet part_of(const Sheet& sheet, const Mask& part);

/// What is ink. Against the paper next to it, as the sheet itself suggests for each channel, or the opposite;
/// against the paper of the whole sheet, as suggested, whatever is darker, or lighter.
enum class InkReading { Nearby, OppositeNearby, Likely, Darker, Lighter };

/// About 0 for paper, about 1 for black ink on white: the largest difference of any channel, as a share of
/// what is possible there, so that coloured and faint ink count and shaded paper does not. Light ink on dark
/// paper counts alike.
Plane ink_on(const Sheet& sheet, InkReading reading);

/// How much each pixel differs from the mean of those of `others` around it, in the same measure, without a
/// sign; 0 where there are none.
Plane contrast_to(const Sheet& sheet, const Mask& others, int radius);

/// What the brightness of the paper of one channel may be everywhere: constant, and where most of it lies on
/// one that is not, also a smooth surface. Ink is darker than either.
std::vector<Plane> paper_brightness(const Plane& channel, const Mask& valid);

}  // namespace lf
