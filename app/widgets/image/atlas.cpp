#include "widgets/image/atlas.h"

#include <algorithm>
#include <cstring>

#include "base/classes.h"
#include "base/image_shape.h"
#include "base/image_sheet.h"

namespace lf::app::widgets {
namespace {

constexpr int kMaxWidth = 2040;  // texels: the smallest limit of a texture is 2,048

/// The layers of a digit, from below; texts belong to the last.
enum class TileLayer { Paper, Ink, Marks };
constexpr int kLayers = 3;

void enter(const Ui& ui, TileLayer layer) {
  if (ui.tile_layers) draw()->ChannelsSetCurrent(static_cast<int>(layer));
}

}  // namespace

bool ImageAtlas::renew(const ImageShape& shape, size_t count, uint64_t version) {
  if (version == version_ && count == count_ && shape == shape_) return false;
  version_ = version;
  count_ = count;
  shape_ = shape;
  return count > 0;
}

template <class Write>
void ImageAtlas::upload(Write write) {
  const int most = std::max(1, kMaxWidth / cell_width());
  columns_ = static_cast<int>(std::min<size_t>(count_, static_cast<size_t>(most)));
  const int rows =
      static_cast<int>((count_ + static_cast<size_t>(columns_) - 1) / static_cast<size_t>(columns_));
  width_ = columns_ * cell_width();
  height_ = rows * cell_height();
  std::vector<uint8_t> texels(static_cast<size_t>(width_) * static_cast<size_t>(height_));
  for (size_t i = 0; i < count_; ++i) {
    const ImVec2 at = corner(i);
    uint8_t* first =
        &texels[static_cast<size_t>(at.y) * static_cast<size_t>(width_) + static_cast<size_t>(at.x)];
    for (int row = 0; row < shape_.height; ++row) write(i, row, first + row * width_);
  }
  texture_.upload_mask(width_, height_, texels.data());
  boxes_.resize(count_);
  for (size_t i = 0; i < count_; ++i) boxes_[i] = box_of(texels, i);
}

ImageAtlas::Box ImageAtlas::box_of(const std::vector<uint8_t>& texels, size_t index) const {
  const ImVec2 at = corner(index);
  Box box{shape_.width, shape_.height, 0, 0};
  for (int y = 0; y < shape_.height; ++y) {
    const uint8_t* row =
        &texels[(static_cast<size_t>(at.y) + y) * static_cast<size_t>(width_) + static_cast<size_t>(at.x)];
    for (int x = 0; x < shape_.width; ++x) {
      if (row[x] == 0) continue;
      box = {std::min(box.x0, x), std::min(box.y0, y), std::max(box.x1, x + 1), y + 1};
    }
  }
  return box;
}

void ImageAtlas::set(const ImageSheet& sheet, uint64_t version) {
  if (!renew(sheet.shape, sheet.count(), version)) return;
  const auto width = static_cast<size_t>(shape_.width);
  upload([&](size_t i, int row, uint8_t* out) {
    std::memcpy(out, sheet.image(i).pixels + static_cast<size_t>(row) * width, width);
  });
}

void ImageAtlas::set_difference(const ImageSheet& a, const ImageSheet& b, uint64_t version, float gain) {
  const size_t count = a.count();
  if (!b.holds(count) || a.shape != b.shape || !renew(a.shape, 2 * count, version)) return;
  upload([&](size_t i, int row, uint8_t* out) {
    const float sign = i < count ? gain : -gain;
    const int first = row * shape_.width;
    const uint8_t *from = a.image(i % count).pixels + first, *to = b.image(i % count).pixels + first;
    for (int x = 0; x < shape_.width; ++x) {
      const float d = sign * (static_cast<float>(to[x]) - static_cast<float>(from[x]));
      out[x] = static_cast<uint8_t>(std::clamp(d, 0.0f, 255.0f));
    }
  });
}

ImVec2 ImageAtlas::corner(size_t index) const {
  const auto columns = static_cast<size_t>(columns_);
  return {static_cast<float>(static_cast<int>(index % columns) * cell_width() + 1),
          static_cast<float>(static_cast<int>(index / columns) * cell_height() + 1)};
}

Rect ImageAtlas::fitted(const Rect& rect) const {
  const float w = static_cast<float>(shape_.width), h = static_cast<float>(shape_.height);
  if (rect.w * h == rect.h * w) return rect;
  const float scale = std::min(rect.w / w, rect.h / h);
  return {rect.center().x - 0.5f * scale * w, rect.center().y - 0.5f * scale * h, scale * w, scale * h};
}

void ImageAtlas::draw_ink_between(const Rect& rect, size_t index, Color ink, float left, float right) const {
  draw()->PushClipRect({left, rect.y}, {right, rect.bottom()}, true);
  draw_ink(rect, index, ink);
  draw()->PopClipRect();
}

void ImageAtlas::draw_ink(const Rect& area, size_t index, Color ink) const {
  if (index >= count_ || area.empty()) return;
  const Box& filled = boxes_[index];
  if (filled.x1 == 0) return;
  // One more pixel on each side, into which an enlarged image fades.
  const auto low = [](int edge) { return static_cast<float>(std::max(edge - 1, 0)); };
  const auto high = [](int edge, int most) { return static_cast<float>(std::min(edge + 1, most)); };
  const float x0 = low(filled.x0), x1 = high(filled.x1, shape_.width);
  const float y0 = low(filled.y0), y1 = high(filled.y1, shape_.height);
  const ImVec2 at = corner(index);
  const float w = static_cast<float>(width_), h = static_cast<float>(height_);
  const Rect rect = fitted(area);
  const float wide = rect.w / static_cast<float>(shape_.width),
              tall = rect.h / static_cast<float>(shape_.height);
  draw()->AddImage((ImTextureID)(intptr_t)texture_.id(), {rect.x + x0 * wide, rect.y + y0 * tall},
                   {rect.x + x1 * wide, rect.y + y1 * tall}, {(at.x + x0) / w, (at.y + y0) / h},
                   {(at.x + x1) / w, (at.y + y1) / h}, ink);
}

TileLayers::TileLayers(Ui& ui) : ui_(ui), splits_(!ui.tile_layers) {
  if (!splits_) return;
  draw()->ChannelsSplit(kLayers);
  ui_.tile_layers = true;
  enter(ui_, TileLayer::Marks);
}

TileLayers::~TileLayers() {
  if (!splits_) return;
  draw()->ChannelsMerge();
  ui_.tile_layers = false;
}

void digit_tile(const Ui& ui, const Rect& rect, const ImageAtlas& atlas, size_t index, const TileLook& look) {
  const Theme& t = ui.colours();
  const float round = std::min(ui.px(5), rect.w * 0.09f);
  enter(ui, TileLayer::Paper);
  fill_rounded(rect, fade(t.paper, look.opacity), round);
  enter(ui, TileLayer::Ink);
  atlas.draw_ink(rect, index, fade(t.ink, look.opacity));
  enter(ui, TileLayer::Marks);
  if (look.label >= 0 && look.label < kClasses) {
    const float h = std::max(2.0f, ui.px(2.5f));
    draw()->AddRectFilled({rect.x, rect.bottom() - h + 1}, {rect.right(), rect.bottom() + 1},
                          t.digits[look.label], std::min(h * 0.5f, round));
  }
  if (look.selected || look.hovered) {
    const float d = ui.px(2);
    draw()->AddRect({rect.x - d, rect.y - d}, {rect.right() + d, rect.bottom() + d},
                    look.selected ? t.accent : t.text2, round + d, 0, look.selected ? ui.px(2) : 1.0f);
  }
}

void difference_tile(const Ui& ui, const Rect& rect, const ImageAtlas& difference, size_t index) {
  const Theme& t = ui.colours();
  const float round = std::min(ui.px(5), rect.w * 0.09f);
  enter(ui, TileLayer::Paper);
  fill_rounded(rect, t.dark ? t.window : t.raised, round);
  enter(ui, TileLayer::Ink);
  difference.draw_ink(rect, index, t.positive);
  difference.draw_ink(rect, index + difference.count() / 2, t.negative);
  enter(ui, TileLayer::Marks);
}

}  // namespace lf::app::widgets
