#include "app/screen/damage.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "gl/texture.h"

namespace lf::app {
namespace {

constexpr float kTile = 48;       // pixels
constexpr size_t kMostParts = 8;  // each part needs one pass over all triangles
constexpr float kWholeShare = 0.75f;

uint64_t mixed(uint64_t h, uint64_t value) {
  h ^= value;
  h *= 0x9E3779B97F4A7C15ull;
  return h ^ (h >> 29);
}

uint64_t bits(float a, float b) {
  uint32_t x, y;
  std::memcpy(&x, &a, sizeof x);
  std::memcpy(&y, &b, sizeof y);
  return static_cast<uint64_t>(x) << 32 | y;
}

widgets::Rect joined(const widgets::Rect& a, const widgets::Rect& b) {
  const float x = std::min(a.x, b.x), y = std::min(a.y, b.y);
  return {x, y, std::max(a.right(), b.right()) - x, std::max(a.bottom(), b.bottom()) - y};
}

float area_of(const widgets::Rect& r) { return r.w * r.h; }

/// Joins the two rectangles whose union wastes least: if nothing is wasted, if they overlap, and
/// while there are too many. False if nothing is left to join.
bool join_best(std::vector<widgets::Rect>& parts) {
  if (parts.size() < 2) return false;
  size_t best_a = 0, best_b = 1;
  float least = 1e30f;
  for (size_t a = 0; a < parts.size(); ++a) {
    for (size_t b = a + 1; b < parts.size(); ++b) {
      const bool overlap = !parts[a].clipped(parts[b]).empty();
      const float both = area_of(parts[a]) + area_of(parts[b]);
      const float waste = overlap ? -both : area_of(joined(parts[a], parts[b])) - both;
      if (waste < least) least = waste, best_a = a, best_b = b;
    }
  }
  if (least > 0 && parts.size() <= kMostParts) return false;
  parts[best_a] = joined(parts[best_a], parts[best_b]);
  parts.erase(parts.begin() + static_cast<std::ptrdiff_t>(best_b));
  return true;
}

}  // namespace

std::vector<widgets::Rect> DamageTracker::update(const ImDrawData& data, bool everything) {
  const ImVec2 size = data.DisplaySize;
  everything = everything || size.x != width_ || size.y != height_;
  width_ = size.x, height_ = size.y;
  columns_ = std::max(1, static_cast<int>(std::ceil(width_ / kTile)));
  rows_ = std::max(1, static_cast<int>(std::ceil(height_ / kTile)));
  tiles_.assign(static_cast<size_t>(columns_) * static_cast<size_t>(rows_), 1469598103934665603ull);
  for (int i = 0; i < data.CmdListsCount; ++i) hash_list(*data.CmdLists[i]);
  const widgets::Rect whole{0, 0, width_, height_};
  std::vector<widgets::Rect> parts{whole};
  if (!everything && last_.size() == tiles_.size()) parts = changed_rectangles();
  last_ = tiles_;
  float total = 0;
  for (const widgets::Rect& r : parts) total += area_of(r);
  return total > kWholeShare * area_of(whole) ? std::vector<widgets::Rect>{whole} : parts;
}

void DamageTracker::hash_list(const ImDrawList& list) {
  for (const ImDrawCmd& command : list.CmdBuffer) hash_command(list, command);
}

void DamageTracker::hash_command(const ImDrawList& list, const ImDrawCmd& c) {
  const ImVec4 clip = c.ClipRect;
  const uint32_t texture = static_cast<uint32_t>((intptr_t)c.GetTexID());
  const uint64_t seed = mixed(mixed(gl::texture_version(texture) * 0x10001 + texture, bits(clip.x, clip.y)),
                              bits(clip.z, clip.w));
  const ImDrawIdx* index = list.IdxBuffer.Data + c.IdxOffset;
  const ImDrawVert* vertex = list.VtxBuffer.Data + c.VtxOffset;
  for (unsigned i = 0; i + 2 < c.ElemCount; i += 3) {
    float x0 = 1e9f, y0 = 1e9f, x1 = -1e9f, y1 = -1e9f;
    uint64_t h = seed;
    for (unsigned k = 0; k < 3; ++k) {
      const ImDrawVert& v = vertex[index[i + k]];
      x0 = std::min(x0, v.pos.x), x1 = std::max(x1, v.pos.x);
      y0 = std::min(y0, v.pos.y), y1 = std::max(y1, v.pos.y);
      h = mixed(mixed(h, bits(v.pos.x, v.pos.y)), bits(v.uv.x, v.uv.y) + v.col);
    }
    const int left = static_cast<int>(std::max({x0, clip.x, 0.0f}) / kTile),
              top = static_cast<int>(std::max({y0, clip.y, 0.0f}) / kTile);
    const int right = std::min(columns_ - 1, static_cast<int>(std::min(x1, clip.z) / kTile));
    const int bottom = std::min(rows_ - 1, static_cast<int>(std::min(y1, clip.w) / kTile));
    for (int y = top; y <= bottom; ++y) {
      for (int x = left; x <= right; ++x) {
        uint64_t& tile = tiles_[static_cast<size_t>(y * columns_ + x)];
        tile = mixed(tile, h);
      }
    }
  }
}

std::vector<widgets::Rect> DamageTracker::changed_rectangles() const {
  std::vector<widgets::Rect> parts;
  for (int y = 0; y < rows_; ++y) {
    for (int x = 0; x < columns_;) {
      const auto changed = [&](int at) {
        const size_t tile = static_cast<size_t>(y * columns_ + at);
        return tiles_[tile] != last_[tile];
      };
      int end = x;
      while (end < columns_ && changed(end)) ++end;
      if (end > x) {
        parts.push_back({static_cast<float>(x) * kTile, static_cast<float>(y) * kTile,
                         static_cast<float>(end - x) * kTile, kTile});
      }
      x = std::max(end, x + 1);
    }
  }
  while (join_best(parts)) {
  }
  for (widgets::Rect& r : parts) r = r.clipped({0, 0, width_, height_});
  return parts;
}

}  // namespace lf::app
