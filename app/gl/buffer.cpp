#include "gl/buffer.h"

#include "gl/gl.h"

namespace lf::app::gl {

VertexBuffer::~VertexBuffer() {
  if (buffer_ != 0) glDeleteBuffers(1, &buffer_);
  if (array_ != 0) glDeleteVertexArrays(1, &array_);
}

void VertexBuffer::swap(VertexBuffer& other) noexcept {
  std::swap(buffer_, other.buffer_);
  std::swap(array_, other.array_);
}

void VertexBuffer::create() {
  if (buffer_ != 0) return;
  glGenVertexArrays(1, &array_);
  glGenBuffers(1, &buffer_);
}

void VertexBuffer::upload(const void* data, size_t bytes) {
  if (!gl_loaded()) return;
  create();
  glBindBuffer(GL_ARRAY_BUFFER, buffer_);
  glBufferData(GL_ARRAY_BUFFER, static_cast<GLsizeiptr>(bytes), data, GL_DYNAMIC_DRAW);
}

void VertexBuffer::floats(uint32_t index, int count, size_t stride, size_t offset) {
  if (array_ == 0) return;
  bind();
  glBindBuffer(GL_ARRAY_BUFFER, buffer_);
  glEnableVertexAttribArray(index);
  glVertexAttribPointer(index, count, GL_FLOAT, GL_FALSE, static_cast<GLsizei>(stride),
                        reinterpret_cast<const void*>(offset));
}

void VertexBuffer::colour(uint32_t index, size_t stride, size_t offset) {
  if (array_ == 0) return;
  bind();
  glBindBuffer(GL_ARRAY_BUFFER, buffer_);
  glEnableVertexAttribArray(index);
  glVertexAttribPointer(index, 4, GL_UNSIGNED_BYTE, GL_TRUE, static_cast<GLsizei>(stride),
                        reinterpret_cast<const void*>(offset));
}

void VertexBuffer::bind() const {
  if (array_ != 0) glBindVertexArray(array_);
}

}  // namespace lf::app::gl
