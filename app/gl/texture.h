// Images in the memory of the graphics card, and what partial redrawing must know about them.
#pragma once

#include <cstdint>
#include <utility>

namespace lf::app::gl {

/// Owns one 2-D texture. Move-only; stays 0 without OpenGL.
class Texture {
 public:
  Texture() = default;
  ~Texture();
  Texture(Texture&& other) noexcept { swap(other); }
  Texture& operator=(Texture&& other) noexcept {
    swap(other);
    return *this;
  }
  Texture(const Texture&) = delete;
  Texture& operator=(const Texture&) = delete;

  /// Uploads `pixels` (height × width, one byte each) as a mask: sampled as white with
  /// alpha = byte, so that the colour of the ink is chosen when it is drawn. Memory is kept while
  /// the size stays the same.
  void upload_mask(int width, int height, const uint8_t* pixels);
  /// Makes an empty RGBA8 texture to be drawn into.
  void allocate_rgba(int width, int height);

  uint32_t id() const { return id_; }
  int width() const { return width_; }
  int height() const { return height_; }

 private:
  void swap(Texture& other) noexcept;
  void create();

  uint32_t id_ = 0;
  int width_ = 0, height_ = 0;
};

/// Number of textures of this class in OpenGL: if it only grows, there is a leak. ImGui's own, its
/// fonts, are not counted.
int live_textures();
/// How often the texture with this id got new contents; partial redrawing compares it.
uint64_t texture_version(uint32_t id);
/// Adds one (a framebuffer drew into it).
void count_texture_change(uint32_t id);
/// Whether every pixel of the texture with this id is opaque; false until it is set.
bool texture_is_opaque(uint32_t id);
void set_texture_opaque(uint32_t id);

}  // namespace lf::app::gl
