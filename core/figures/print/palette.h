// The colours of figures: dark and light as in the window, for print, and without colours.
#pragma once

#include <string>

#include "base/classes.h"
#include "base/dark_colours.h"
#include "files/image/canvas.h"

namespace lf::figures {

/// Colours of surfaces, words and meanings. Names describe roles, not places.
struct Palette {
  files::Rgb window, card, border, text, dim, faint;
  files::Rgb paper, ink;  ///< of an image: of its value 0 and of its value 255
  ByClass<files::Rgb> digits;
  files::Rgb blue, amber, green, violet, red;
  bool cards = true;    ///< every panel is a card on the window's ground; else all of it is white
  bool dashes = false;  ///< curves differ by their dashes, since they have no colours
};

namespace palette_parts {
using files::Rgb;

constexpr ByClass<Rgb> colours(const ByClass<uint32_t>& values) {
  ByClass<Rgb> all{};
  for (size_t i = 0; i < all.size(); ++i) all[i] = Rgb::hex(values[i]);
  return all;
}

inline constexpr ByClass<uint32_t> kLightDigits{0x0193B6, 0xC24C49, 0x436500, 0x155759, 0xB0A065,
                                                0xC9398C, 0x71078A, 0xC978FF, 0x623930, 0x74AB9E};
/// Equal steps of lightness in an order that separates neighbours.
inline constexpr ByClass<uint32_t> kGreyDigits{0x000000, 0x8C8C8C, 0x383838, 0xA8A8A8, 0x1C1C1C,
                                               0x707070, 0xC4C4C4, 0x545454, 0x9A9A9A, 0x2A2A2A};
}  // namespace palette_parts

/// The window's dark theme.
inline constexpr Palette kDark{
    files::theme::kWindow, files::theme::kCard,          files::theme::kBorder,
    files::theme::kText,   files::theme::kTextDim,       files::Rgb::hex(dark::kFaint),
    files::Rgb::hex(0),    files::Rgb::hex(0xFFFFFF),    palette_parts::colours(dark::kDigits),
    files::theme::kFlow,   files::theme::kData,          files::theme::kAutoencoder,
    files::theme::kNoise,  files::Rgb::hex(dark::kError)};
/// The window's light theme.
inline constexpr Palette kLight{
    files::Rgb::hex(0xEEF0F4), files::Rgb::hex(0xFFFFFF), files::Rgb::hex(0xD9DEE6),
    files::Rgb::hex(0x1B2129), files::Rgb::hex(0x5D6878), files::Rgb::hex(0xB4BCC8),
    files::Rgb::hex(0xF1F3F7), files::Rgb::hex(0x1B2129), palette_parts::colours(palette_parts::kLightDigits),
    files::Rgb::hex(0x2573C2), files::Rgb::hex(0xC77700), files::Rgb::hex(0x1B8A61),
    files::Rgb::hex(0x6A55E0), files::Rgb::hex(0xC93440)};
/// White ground without cards, dark words, colours that colour-blind eyes tell apart.
inline constexpr Palette kPrint{
    files::Rgb::hex(0xFFFFFF), files::Rgb::hex(0xFFFFFF), files::Rgb::hex(0xDADADA),
    files::Rgb::hex(0x000000), files::Rgb::hex(0x404040), files::Rgb::hex(0xB0B0B0),
    files::Rgb::hex(0xF0F0F0), files::Rgb::hex(0x000000), palette_parts::colours(palette_parts::kLightDigits),
    files::Rgb::hex(0x1F6FB4), files::Rgb::hex(0xE08A00), files::Rgb::hex(0x00785A),
    files::Rgb::hex(0x8A4FD0), files::Rgb::hex(0xB3202C), false};
/// The same without colours: curves have dashes, classes have numbers.
inline constexpr Palette kGrey{files::Rgb::hex(0xFFFFFF),
                               files::Rgb::hex(0xFFFFFF),
                               files::Rgb::hex(0xDADADA),
                               files::Rgb::hex(0x000000),
                               files::Rgb::hex(0x404040),
                               files::Rgb::hex(0xB0B0B0),
                               files::Rgb::hex(0xF0F0F0),
                               files::Rgb::hex(0x000000),
                               palette_parts::colours(palette_parts::kGreyDigits),
                               files::Rgb::hex(0x303030),
                               files::Rgb::hex(0x909090),
                               files::Rgb::hex(0x505050),
                               files::Rgb::hex(0xA0A0A0),
                               files::Rgb::hex(0x101010),
                               false,
                               true};

/// The palette of a name of palette_names(); `screen` is the figure's own for "screen". Throws InputError.
const Palette& palette_named(const std::string& name, const Palette& screen);

}  // namespace lf::figures
