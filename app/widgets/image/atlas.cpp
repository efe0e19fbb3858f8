#include "widgets/image/atlas.h"

#include <algorithm>
#include <cstring>

namespace lf {
namespace {

constexpr int kCell =
    ImageAtlas::kSide + 2;       // one empty pixel around each, so that neighbours never bleed in
constexpr int kMaxColumns = 68;  // 68 · 30 = 2,040 pixels
constexpr size_t kPixels = ImageAtlas::kSide * ImageAtlas::kSide;

/// Calls write(index, row, destination of 28 bytes) for every picture row of a padded sheet.
template <class Write>
std::vector<uint8_t> make_sheet(size_t count, int columns, int rows, Write write) {
  const size_t stride = static_cast<size_t>(columns) * kCell;
  std::vector<uint8_t> sheet(stride * rows * kCell, 0);
  for (size_t i = 0; i < count; ++i) {
    const size_t left = (i % columns) * kCell + 1, top = (i / columns) * kCell + 1;
    for (int row = 0; row < ImageAtlas::kSide; ++row) write(i, row, &sheet[(top + row) * stride + left]);
  }
  return sheet;
}

/// What a digit is drawn of, from below; words belong to the last.
enum class TileLayer { Paper, Ink, Marks };
constexpr int kLayers = 3;

void enter(const Ui& ui, TileLayer layer) {
  if (ui.tile_layers) draw()->ChannelsSetCurrent(static_cast<int>(layer));
}

int columns_for(size_t count) { return std::clamp<int>(static_cast<int>(count), 1, kMaxColumns); }

}  // namespace

void ImageAtlas::upload(const std::vector<uint8_t>& sheet, int columns, int rows) {
  columns_ = columns;
  width_ = columns * kCell;
  height_ = rows * kCell;
  texture_.upload_mask(width_, height_, sheet.data());
  boxes_.resize(count_);
  for (size_t i = 0; i < count_; ++i) boxes_[i] = box_of(sheet, i);
}

ImageAtlas::Box ImageAtlas::box_of(const std::vector<uint8_t>& sheet, size_t index) const {
  const ImVec2 at = corner(index);
  Box box;
  for (int y = 0; y < kSide; ++y) {
    const uint8_t* row =
        &sheet[(static_cast<size_t>(at.y) + y) * static_cast<size_t>(width_) + static_cast<size_t>(at.x)];
    for (int x = 0; x < kSide; ++x) {
      if (row[x] == 0) continue;
      box = {std::min(box.x0, x), std::min(box.y0, y), std::max(box.x1, x + 1), y + 1};
    }
  }
  return box;
}

void ImageAtlas::set(const uint8_t* pixels, size_t count, uint64_t version) {
  if (version == version_ && count == count_) return;
  version_ = version;
  count_ = count;
  if (count == 0) return;
  const int columns = columns_for(count), rows = static_cast<int>((count + columns - 1) / columns);
  upload(make_sheet(count, columns, rows,
                    [&](size_t i, int row, uint8_t* out) {
                      std::memcpy(out, pixels + i * kPixels + static_cast<size_t>(row) * kSide, kSide);
                    }),
         columns, rows);
}

void ImageAtlas::set_difference(const uint8_t* a, const uint8_t* b, size_t count, uint64_t version,
                                float gain) {
  if (version == version_ && 2 * count == count_) return;
  version_ = version;
  count_ = 2 * count;
  if (count == 0) return;
  const int columns = columns_for(count_), rows = static_cast<int>((count_ + columns - 1) / columns);
  upload(make_sheet(count_, columns, rows,
                    [&](size_t i, int row, uint8_t* out) {
                      const float sign = i < count ? gain : -gain;
                      const size_t at = (i % count) * kPixels + static_cast<size_t>(row) * kSide;
                      for (int x = 0; x < kSide; ++x) {
                        const float d =
                            sign * (static_cast<float>(b[at + x]) - static_cast<float>(a[at + x]));
                        out[x] = static_cast<uint8_t>(std::clamp(d, 0.0f, 255.0f));
                      }
                    }),
         columns, rows);
}

ImVec2 ImageAtlas::corner(size_t index) const {
  return {static_cast<float>((index % columns_) * kCell + 1),
          static_cast<float>((index / columns_) * kCell + 1)};
}

void ImageAtlas::draw_ink(const Rect& rect, size_t index, Color ink) const {
  if (index >= count_ || rect.empty()) return;
  const Box& filled = boxes_[index];
  if (filled.x1 == 0) return;
  // One pixel more on each side, into which an enlarged picture fades.
  const auto low = [](int edge) { return static_cast<float>(std::max(edge - 1, 0)); };
  const auto high = [](int edge) { return static_cast<float>(std::min(edge + 1, int{kSide})); };
  const float x0 = low(filled.x0), y0 = low(filled.y0), x1 = high(filled.x1), y1 = high(filled.y1);
  const ImVec2 at = corner(index);
  const float w = static_cast<float>(width_), h = static_cast<float>(height_);
  const float wide = rect.w / kSide, tall = rect.h / kSide;
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
  if (look.label >= 0 && look.label < 10) {
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

}  // namespace lf
