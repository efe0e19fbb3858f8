#include "gl/framebuffer.h"

#include "gl/gl.h"

namespace lf::app::gl {

Framebuffer::~Framebuffer() {
  if (id_ != 0) glDeleteFramebuffers(1, &id_);
}

void Framebuffer::swap(Framebuffer& other) noexcept {
  std::swap(id_, other.id_);
  std::swap(texture_, other.texture_);
  std::swap(viewport_, other.viewport_);
}

bool Framebuffer::begin(int width, int height, const float background[3]) {
  if (!gl_loaded() || width < 1 || height < 1) return false;
  glGetIntegerv(GL_VIEWPORT, viewport_);
  texture_.allocate_rgba(width, height);
  if (id_ == 0) glGenFramebuffers(1, &id_);
  glBindFramebuffer(GL_FRAMEBUFFER, id_);
  glFramebufferTexture2D(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_TEXTURE_2D, texture_.id(), 0);
  glViewport(0, 0, width, height);
  glDisable(GL_SCISSOR_TEST);
  glClearColor(background[0], background[1], background[2], 1);
  glClear(GL_COLOR_BUFFER_BIT);
  return true;
}

void Framebuffer::end() {
  count_texture_change(texture_.id());
  glBindFramebuffer(GL_FRAMEBUFFER, 0);
  glViewport(viewport_[0], viewport_[1], viewport_[2], viewport_[3]);
}

}  // namespace lf::app::gl
