// A vertex and a fragment shader, compiled and linked for drawing.
#pragma once

#include <cstdint>
#include <string>
#include <utility>

namespace lf::app::gl {

/// Owns one linked shader program. Move-only; stays 0 without OpenGL.
class Program {
 public:
  Program() = default;
  ~Program();
  Program(Program&& other) noexcept { swap(other); }
  Program& operator=(Program&& other) noexcept {
    swap(other);
    return *this;
  }
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;

  /// Compiles and links shaders/<name>.vert and .frag. Throws std::runtime_error with the compiler's message
  /// and the numbered source.
  static Program from_files(const std::string& name);

  void use() const;
  /// Sets a uniform of the current program; unknown names are ignored, as the compiler drops unused
  /// ones.
  void set(const char* name, float value) const;
  void set(const char* name, float x, float y, float z, float w) const;
  uint32_t id() const { return id_; }

 private:
  void swap(Program& other) noexcept { std::swap(id_, other.id_); }

  uint32_t id_ = 0;
};

}  // namespace lf::app::gl
