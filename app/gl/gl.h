// The OpenGL 3.3 core functions, and whether they are loaded. Without them (panels drawn in a test)
// the owners below hold nothing and draw nothing, so callers need no second code path.
#pragma once

#include <glad/gl.h>

namespace lf::app::gl {

/// True once glad has loaded the functions of a current context.
inline bool gl_loaded() { return glad_glGenTextures != nullptr && glad_glCreateProgram != nullptr; }

}  // namespace lf::app::gl
