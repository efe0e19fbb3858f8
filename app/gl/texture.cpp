#include "gl/texture.h"

#include <unordered_map>

#include "gl/gl.h"

namespace lf::app::gl {
namespace {

/// The properties of a texture that partial redrawing needs.
struct Contents {
  uint64_t version = 0;
  bool opaque = false;
};

/// OpenGL belongs to one thread, and so does this.
std::unordered_map<uint32_t, Contents>& contents() {
  static std::unordered_map<uint32_t, Contents> table;
  return table;
}

int live = 0;

}  // namespace

int live_textures() { return live; }

uint64_t texture_version(uint32_t id) {
  const auto found = contents().find(id);
  return found == contents().end() ? 0 : found->second.version;
}

void count_texture_change(uint32_t id) { ++contents()[id].version; }

bool texture_is_opaque(uint32_t id) {
  const auto found = contents().find(id);
  return found != contents().end() && found->second.opaque;
}

void set_texture_opaque(uint32_t id) { contents()[id].opaque = true; }

Texture::~Texture() {
  if (id_ == 0) return;
  glDeleteTextures(1, &id_);
  --live;
}

void Texture::swap(Texture& other) noexcept {
  std::swap(id_, other.id_);
  std::swap(width_, other.width_);
  std::swap(height_, other.height_);
}

void Texture::create() {
  glGenTextures(1, &id_);
  ++live;
  contents()[id_].opaque = false;  // the number may have belonged to another texture
  glBindTexture(GL_TEXTURE_2D, id_);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_LINEAR);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_LINEAR);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_S, GL_CLAMP_TO_EDGE);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_T, GL_CLAMP_TO_EDGE);
}

void Texture::upload_mask(int width, int height, const uint8_t* pixels) {
  if (!gl_loaded()) return;
  const bool fresh = id_ == 0 || width != width_ || height != height_;
  if (id_ == 0) create();
  glBindTexture(GL_TEXTURE_2D, id_);
  glPixelStorei(GL_UNPACK_ALIGNMENT, 1);
  if (fresh) {
    const GLint mask[] = {GL_ONE, GL_ONE, GL_ONE, GL_RED};
    glTexParameteriv(GL_TEXTURE_2D, GL_TEXTURE_SWIZZLE_RGBA, mask);
    glTexImage2D(GL_TEXTURE_2D, 0, GL_R8, width, height, 0, GL_RED, GL_UNSIGNED_BYTE, pixels);
  } else {
    glTexSubImage2D(GL_TEXTURE_2D, 0, 0, 0, width, height, GL_RED, GL_UNSIGNED_BYTE, pixels);
  }
  glPixelStorei(GL_UNPACK_ALIGNMENT, 4);
  count_texture_change(id_);
  width_ = width;
  height_ = height;
}

void Texture::allocate_rgba(int width, int height) {
  if (!gl_loaded() || (id_ != 0 && width == width_ && height == height_)) return;
  if (id_ == 0) create();
  glBindTexture(GL_TEXTURE_2D, id_);
  glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA8, width, height, 0, GL_RGBA, GL_UNSIGNED_BYTE, nullptr);
  width_ = width;
  height_ = height;
}

}  // namespace lf::app::gl
