// Shared by all figures: cards, type, the colours of digits. Sizes are pixels of the image, which
// has twice the window's scale so that it stays sharp in print.
#pragma once

#include <string>

#include "base/classes.h"
#include "base/image_shape.h"
#include "base/image_sheet.h"
#include "files/image/canvas.h"

namespace lf::figures {

inline constexpr int kGap = 24, kPad = 32, kTitle = 30, kBody = 22, kTick = 20;
inline constexpr float kRadius = 20;

/// The colour of a digit, 0 to 9.
constexpr files::Rgb digit_color(size_t digit) { return files::Rgb::hex(dark::kDigits[digit]); }
/// Signed differences: negative, positive.
inline constexpr files::Rgb kNegative = files::Rgb::hex(dark::kNegative),
                            kPositive = files::Rgb::hex(dark::kPositive);

/// Colours of surfaces, words and meanings: dark beside the window, light for print.
struct Palette {
  files::Rgb window, card, border, text, dim, faint, paper;
  ByClass<files::Rgb> digits;
  files::Rgb blue, amber, green, violet, red;
};
inline constexpr Palette kDark{
    files::theme::kWindow,
    files::theme::kCard,
    files::theme::kBorder,
    files::theme::kText,
    files::theme::kTextDim,
    files::Rgb::hex(0x6A7484),
    files::Rgb::hex(0),
    {digit_color(0), digit_color(1), digit_color(2), digit_color(3), digit_color(4), digit_color(5),
     digit_color(6), digit_color(7), digit_color(8), digit_color(9)},
    files::theme::kFlow,
    files::theme::kData,
    files::theme::kAutoencoder,
    files::theme::kNoise,
    files::Rgb::hex(0xF2616A)};
/// The window's light theme.
inline constexpr Palette kLight{
    files::Rgb::hex(0xEEF0F4),
    files::Rgb::hex(0xFFFFFF),
    files::Rgb::hex(0xD9DEE6),
    files::Rgb::hex(0x1B2129),
    files::Rgb::hex(0x5D6878),
    files::Rgb::hex(0xB4BCC8),
    files::Rgb::hex(0xF1F3F7),
    {files::Rgb::hex(0x0193B6), files::Rgb::hex(0xC24C49), files::Rgb::hex(0x436500),
     files::Rgb::hex(0x155759), files::Rgb::hex(0xB0A065), files::Rgb::hex(0xC9398C),
     files::Rgb::hex(0x71078A), files::Rgb::hex(0xC978FF), files::Rgb::hex(0x623930),
     files::Rgb::hex(0x74AB9E)},
    files::Rgb::hex(0x2573C2),
    files::Rgb::hex(0xC77700),
    files::Rgb::hex(0x1B8A61),
    files::Rgb::hex(0x6A55E0),
    files::Rgb::hex(0xC93440)};

struct Box {
  float x = 0, y = 0, w = 0, h = 0;
  float right() const { return x + w; }
  float bottom() const { return y + h; }
};

/// A card with its title, followed by the unit or remark in grey; returns the area of its content.
Box draw_card(files::Canvas& canvas, Box box, const std::string& title, const std::string& remark,
              const Palette& palette = kDark);
/// A card's result in one sentence, at the bottom of its content.
void draw_sentence(files::Canvas& canvas, Box content, const std::string& text);
inline constexpr float kSentenceHeight = 44;

files::TextStyle body(files::Rgb color = files::theme::kTextDim, files::Align align = files::Align::kLeft);
files::TextStyle mono(files::Rgb color = files::theme::kTextDim, files::Align align = files::Align::kLeft);

/// a at share 0, b at 1.
files::Rgb mixed(files::Rgb a, files::Rgb b, float share);

/// Where an image lies in a square of `side`: in the middle, its longer side as long, in whole pixels.
struct ImagePlace {
  int x, y, width, height;
};
ImagePlace place_in_square(const ImageShape& shape, float x, float y, float side);
/// The longer side of an image.
int longer_side(const ImageShape& shape);
/// Small images keep their pixels, large ones are smoothed.
files::Scaling scaling_to(const ImageShape& shape, int side);

/// A digit on black in a square.
void draw_digit(files::Canvas& canvas, const ImageView& image, float x, float y, float side);
/// The bar under a digit in the colour of its class; nothing for kNoClass.
void draw_label_bar(files::Canvas& canvas, int label, float x, float y, float width);
/// The track from noise (violet) to data (amber), with the knob at t (none if t < 0).
void draw_time_track(files::Canvas& canvas, Box track, float t);

}  // namespace lf::figures
