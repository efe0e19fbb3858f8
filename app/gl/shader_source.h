// Where the text of a shader comes from, and its form in an error message.
#pragma once

#include <string>

namespace lf::app::gl {

/// The GLSL text of `shaders/<name>`: read from the folder in LATENTFLOW_SHADERS if it is there (so
/// that a shader can be edited while the program runs), else the copy embedded at build time.
/// Throws std::runtime_error for an unknown name.
std::string shader_source(const std::string& name);

/// The text with line numbers, as printed beside a compiler's message.
std::string numbered_source(const std::string& source);

}  // namespace lf::app::gl
