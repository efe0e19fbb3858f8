// Vertices in the memory of the graphics card, with the layout in which a shader reads them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>

namespace lf::app::gl {

/// Owns a vertex buffer and the vertex array that reads it. Move-only; stays 0 without OpenGL.
class VertexBuffer {
 public:
  VertexBuffer() = default;
  ~VertexBuffer();
  VertexBuffer(VertexBuffer&& other) noexcept { swap(other); }
  VertexBuffer& operator=(VertexBuffer&& other) noexcept {
    swap(other);
    return *this;
  }
  VertexBuffer(const VertexBuffer&) = delete;
  VertexBuffer& operator=(const VertexBuffer&) = delete;

  /// Replaces the contents.
  void upload(const void* data, size_t bytes);
  /// Attribute `index` reads `count` floats at `offset` of every `stride` bytes.
  void floats(uint32_t index, int count, size_t stride, size_t offset);
  /// Attribute `index` reads four bytes as a colour in [0, 1].
  void colour(uint32_t index, size_t stride, size_t offset);
  /// Makes the vertex array current.
  void bind() const;

 private:
  void swap(VertexBuffer& other) noexcept;
  void create();

  uint32_t buffer_ = 0, array_ = 0;
};

}  // namespace lf::app::gl
