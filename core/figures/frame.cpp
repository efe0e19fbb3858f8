#include "figures/frame.h"

#include <algorithm>
#include <cmath>

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

namespace {

constexpr float kRemarkLine = 32;

files::TextStyle heading_style(files::Rgb color) {
  return {float(kTitle), color, files::FontStyle::kSemibold, files::Align::kLeft};
}

bool remark_fits(float inner, const std::string& title, const std::string& remark) {
  return remark.empty() || text_width(title, heading_style({})) + 20 + text_width(remark, body({})) <= inner;
}

}  // namespace

float card_head(float inner, const std::string& title, const std::string& remark, float pad) {
  return pad + kTitle + 24 + (remark_fits(inner, title, remark) ? 0 : kRemarkLine);
}

Box draw_card(Drawing& canvas, Box box, const std::string& title, const std::string& remark, float pad) {
  const Palette& palette = canvas.palette();
  if (canvas.title.empty()) canvas.title = title;
  if (palette.cards) {
    canvas.fill_rect(box.x, box.y, box.w, box.h, palette.card, kRadius);
    canvas.stroke_rect(box.x, box.y, box.w, box.h, palette.border, 2, kRadius);
  }
  const files::TextStyle heading = heading_style(palette.text);
  const files::Point at{box.x + pad, box.y + pad + kTitle * 0.8f};
  canvas.text(at, title, heading);
  const float inner = box.w - 2 * pad;
  if (remark_fits(inner, title, remark))
    canvas.text({at.x + text_width(title, heading) + 20, at.y}, remark, body(palette.dim));
  else
    canvas.text({at.x, at.y + kRemarkLine}, remark, body(palette.dim));
  const float top = card_head(inner, title, remark, pad);
  return {box.x + pad, box.y + top, inner, box.h - top - pad};
}

void draw_sentence(Drawing& canvas, Box content, const std::string& text) {
  canvas.text({content.x, content.bottom() - 4}, text, body(canvas.palette().dim));
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
  return {std::floor(x) + float((whole - width) / 2), std::floor(y) + float((whole - height) / 2),
          float(width), float(height)};
}

files::Scaling scaling_to(const ImageShape& shape, int side) {
  return side <= 2 * longer_side(shape) ? files::Scaling::kNearest : files::Scaling::kBilinear;
}

void draw_digit(Drawing& canvas, const ImageView& image, float x, float y, float side) {
  const ImagePlace at = place_in_square(image.shape, x, y, side);
  canvas.blit_tinted(image.pixels, image.shape.width, image.shape.height, at.x, at.y, at.width, at.height,
                     canvas.palette().paper, canvas.palette().ink, scaling_to(image.shape, int(side)));
}

void draw_label_bar(Drawing& canvas, int label, float x, float y, float width) {
  if (label < 0 || label >= kClasses) return;
  canvas.fill_rect(x, y, width, std::max(2.0f, width / 20), canvas.palette().digits[size_t(label)],
                   width / 40);
}

void draw_time_track(Drawing& canvas, Box track, float t) {
  const int columns = int(track.w);
  for (int i = 0; i < columns; ++i) {
    const float share = float(i) / float(std::max(1, columns - 1));
    canvas.fill_rect(track.x + float(i), track.y, 1, track.h,
                     mixed(canvas.palette().violet, canvas.palette().amber, share));
  }
  if (t < 0) return;
  const files::Point knob{track.x + track.w * std::clamp(t, 0.0f, 1.0f), track.y + track.h / 2};
  canvas.disc(knob, track.h * 1.25f + 2, canvas.palette().blue);
  canvas.disc(knob, track.h * 0.75f + 1, canvas.palette().text);
}

}  // namespace lf::figures
