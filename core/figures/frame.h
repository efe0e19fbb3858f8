// Shared by all figures: cards, type, images of digits. Sizes are units: pixels of an image that has twice
// the window's scale, or kMmPerUnit on paper.
#pragma once

#include <string>

#include "base/image_shape.h"
#include "base/image_sheet.h"
#include "figures/print/drawing.h"

namespace lf::figures {

inline constexpr int kGap = 24, kPad = 32, kTitle = 30, kBody = 22, kTick = 20;
inline constexpr float kRadius = 20;

/// A card with its title, followed by the unit or remark in grey; returns the area of its content.
Box draw_card(Drawing& canvas, Box box, const std::string& title, const std::string& remark,
              float pad = kPad);
/// Units from the top of a card to its content, whose width is `inner`: a remark that does not fit beside the
/// title is below it.
float card_head(float inner, const std::string& title, const std::string& remark, float pad = kPad);
/// A card's result in one sentence, at the bottom of its content.
void draw_sentence(Drawing& canvas, Box content, const std::string& text);
inline constexpr float kSentenceHeight = 44;

files::TextStyle body(files::Rgb color, files::Align align = files::Align::kLeft);
files::TextStyle mono(files::Rgb color, files::Align align = files::Align::kLeft);

/// a at share 0, b at 1.
files::Rgb mixed(files::Rgb a, files::Rgb b, float share);

/// Where an image lies in a square of `side`: in the middle, its longer side as long, in whole units.
struct ImagePlace {
  float x, y, width, height;
};
ImagePlace place_in_square(const ImageShape& shape, float x, float y, float side);
/// The longer side of an image.
int longer_side(const ImageShape& shape);
/// Small images keep their pixels, large ones are smoothed.
files::Scaling scaling_to(const ImageShape& shape, int side);

/// A digit in a square.
void draw_digit(Drawing& canvas, const ImageView& image, float x, float y, float side);
/// The bar under a digit in the colour of its class; nothing for kNoClass.
void draw_label_bar(Drawing& canvas, int label, float x, float y, float width);
/// The track from noise (violet) to data (amber), with the knob at t (none if t < 0).
void draw_time_track(Drawing& canvas, Box track, float t);

}  // namespace lf::figures
