#include "figures/frame.h"

#include <algorithm>
#include <cstdio>

#include "base/classes.h"
#include "base/image_shape.h"
#include "base/image_sheet.h"

namespace lf::figures {

files::TextStyle body(files::Rgb color, files::Align align) {
  return {float(kBody), color, files::FontStyle::kRegular, align};
}

files::TextStyle mono(files::Rgb color, files::Align align) {
  return {float(kTick), color, files::FontStyle::kMono, align};
}

Box draw_card(files::Canvas& canvas, Box box, const std::string& title, const std::string& remark,
              const Palette& palette) {
  canvas.fill_rect(box.x, box.y, box.w, box.h, palette.card, kRadius);
  canvas.stroke_rect(box.x, box.y, box.w, box.h, palette.border, 2, kRadius);
  const files::TextStyle heading{float(kTitle), palette.text, files::FontStyle::kSemibold,
                                 files::Align::kLeft};
  const files::Point at{box.x + kPad, box.y + kPad + kTitle * 0.8f};
  canvas.text(at, title, heading);
  canvas.text({at.x + canvas.text_width(title, heading) + 20, at.y}, remark, body(palette.dim));
  const float top = kPad + kTitle + 24;
  return {box.x + kPad, box.y + top, box.w - 2 * kPad, box.h - top - kPad};
}

void draw_sentence(files::Canvas& canvas, Box content, const std::string& text) {
  canvas.text({content.x, content.bottom() - 4}, text, body());
}

files::Rgb mixed(files::Rgb a, files::Rgb b, float share) {
  share = std::clamp(share, 0.0f, 1.0f);
  const auto channel = [share](uint8_t x, uint8_t y) {
    return uint8_t(float(x) + (float(y) - float(x)) * share);
  };
  return {channel(a.r, b.r), channel(a.g, b.g), channel(a.b, b.b)};
}

int longer_side(const ImageShape& shape) { return std::max(shape.width, shape.height); }

ImagePlace place_in_square(const ImageShape& shape, float x, float y, float side) {
  const int whole = int(side), longer = longer_side(shape);
  const int width = whole * shape.width / longer, height = whole * shape.height / longer;
  return {int(x) + (whole - width) / 2, int(y) + (whole - height) / 2, width, height};
}

files::Scaling scaling_to(const ImageShape& shape, int side) {
  return side <= 2 * longer_side(shape) ? files::Scaling::kNearest : files::Scaling::kBilinear;
}

void draw_digit(files::Canvas& canvas, const ImageView& image, float x, float y, float side) {
  const ImagePlace at = place_in_square(image.shape, x, y, side);
  canvas.blit_grey(image.pixels, image.shape.width, image.shape.height, at.x, at.y, at.width, at.height,
                   scaling_to(image.shape, int(side)));
}

void draw_label_bar(files::Canvas& canvas, int label, float x, float y, float width) {
  if (label < 0 || label >= kClasses) return;
  canvas.fill_rect(x, y, width, std::max(2.0f, width / 20), digit_color(size_t(label)), width / 40);
}

void draw_time_track(files::Canvas& canvas, Box track, float t) {
  const int columns = int(track.w);
  for (int i = 0; i < columns; ++i) {
    const float share = float(i) / float(std::max(1, columns - 1));
    canvas.fill_rect(track.x + float(i), track.y, 1, track.h,
                     mixed(files::theme::kNoise, files::theme::kData, share));
  }
  if (t < 0) return;
  const files::Point knob{track.x + track.w * std::clamp(t, 0.0f, 1.0f), track.y + track.h / 2};
  canvas.disc(knob, track.h * 1.25f + 2, files::theme::kAccent);
  canvas.disc(knob, track.h * 0.75f + 1, files::theme::kHeldOut);
}

}  // namespace lf::figures
