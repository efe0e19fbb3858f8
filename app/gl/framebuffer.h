// Drawing into a texture instead of the window, so that later frames can reuse the result.
#pragma once

#include <cstdint>
#include <utility>

#include "gl/texture.h"

namespace lf::app::gl {

/// Owns a framebuffer that draws into its own RGBA texture. Move-only; without OpenGL it does nothing.
class Framebuffer {
 public:
  Framebuffer() = default;
  ~Framebuffer();
  Framebuffer(Framebuffer&& other) noexcept { swap(other); }
  Framebuffer& operator=(Framebuffer&& other) noexcept {
    swap(other);
    return *this;
  }
  Framebuffer(const Framebuffer&) = delete;
  Framebuffer& operator=(const Framebuffer&) = delete;

  /// Resizes it to this size in pixels, makes it the target and fills it with `background` (R, G, B
  /// in [0, 1], opaque). False without OpenGL.
  bool begin(int width, int height, const float background[3]);
  /// Makes the window the target again, with its previous viewport.
  void end();
  /// The drawing; first row at the bottom.
  const Texture& texture() const { return texture_; }

 private:
  void swap(Framebuffer& other) noexcept;

  uint32_t id_ = 0;
  Texture texture_;
  int viewport_[4] = {0, 0, 0, 0};
};

}  // namespace lf::app::gl
