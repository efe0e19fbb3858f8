// The channels of a photograph that hold the ink.
#include <algorithm>
#include <cmath>

#include "files/digit/paper.h"

namespace lf::files {
namespace {

constexpr int kOpaque = 250;
constexpr float kVaried = 40;  ///< of 255: contrast between two colours

Plane channel_of(const Photo& photo, int channel) {
  Plane plane(photo.width, photo.height);
  for (size_t i = 0; i < plane.values.size(); ++i) plane.values[i] = photo.rgba[4 * i + size_t(channel)];
  return plane;
}

/// True if a large part of the visible pixels differs in colour from the rest.
bool is_varied(const Photo& photo, const Mask& visible) {
  for (size_t c = 0; c < 3; ++c) {
    std::vector<float> values;
    for (size_t i = 0; i < visible.size(); ++i) {
      if (visible[i]) values.push_back(photo.rgba[4 * i + c]);
    }
    if (quantile(values, 0.995) - quantile(values, 0.005) > kVaried) return true;
  }
  return false;
}

struct MaskBounds {
  int left, right, top, bottom;
};

MaskBounds bounds_of(const Mask& mask, int width, int height) {
  MaskBounds b{width, 0, height, 0};
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      if (!mask[size_t(y) * size_t(width) + size_t(x)]) continue;
      b.left = std::min(b.left, x), b.right = std::max(b.right, x + 1);
      b.top = std::min(b.top, y), b.bottom = std::max(b.bottom, y + 1);
    }
  }
  return b;
}

/// A stroke is thin and a card is not: the distance of its inside from its edge, relative to its
/// size.
Mask card_of(const Mask& visible, int width, int height) {
  const MaskBounds b = bounds_of(visible, width, height);
  constexpr double kThick = 0.2, kEdge = 0.01;
  const double side = std::sqrt(double(b.right - b.left) * double(b.bottom - b.top));
  const auto is_blank = [](const Mask& mask) {
    return std::all_of(mask.begin(), mask.end(), [](uint8_t pixel) { return pixel == 0; });
  };
  if (is_blank(shrunk(visible, width, height, kThick * side))) return {};
  const Mask card = shrunk(visible, width, height, std::max(1.0, kEdge * side));
  return is_blank(card) ? Mask{} : card;
}

}  // namespace

Sheet sheet_of(const Photo& photo) {
  const Plane opacity = channel_of(photo, 3);
  const float most = *std::max_element(opacity.values.begin(), opacity.values.end());
  Mask visible(opacity.values.size());
  for (size_t i = 0; i < visible.size(); ++i) visible[i] = opacity.values[i] >= 0.5f * most && most > 0;
  const auto hidden = std::count(visible.begin(), visible.end(), 0);
  Sheet sheet{{channel_of(photo, 0), channel_of(photo, 1), channel_of(photo, 2)}, Mask(visible.size(), 1)};
  if (most == 0) return {{opacity}, sheet.valid};
  if (hidden == 0) {  // at most translucent: it is seen on white
    for (Plane& plane : sheet.channels) {
      for (size_t i = 0; i < visible.size() && most < kOpaque; ++i)
        plane.values[i] = 255 + (plane.values[i] - 255) * opacity.values[i] / 255;
    }
    return sheet;
  }
  const Mask card = is_varied(photo, visible) ? card_of(visible, photo.width, photo.height) : Mask{};
  if (card.empty()) return {{opacity}, sheet.valid};
  return part_of(sheet, card);
}

Sheet part_of(const Sheet& sheet, const Mask& part) {
  const MaskBounds b = bounds_of(part, sheet.width(), sheet.height());
  const int width = b.right - b.left, height = b.bottom - b.top;
  Sheet out{{}, Mask(size_t(width) * size_t(height))};
  for (const Plane& channel : sheet.channels) {
    Plane& cut = out.channels.emplace_back(width, height);
    for (int y = 0; y < height; ++y) {
      for (int x = 0; x < width; ++x) cut.at(x, y) = channel.at(b.left + x, b.top + y);
    }
  }
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      out.valid[size_t(y) * size_t(width) + size_t(x)] =
          part[size_t(b.top + y) * size_t(sheet.width()) + size_t(b.left + x)];
    }
  }
  return out;
}

}  // namespace lf::files
