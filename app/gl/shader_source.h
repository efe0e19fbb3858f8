#pragma once

#include <string>

namespace lf {

/// The GLSL text of `shaders/<name>`: read from the folder that LATENTFLOW_SHADERS names when it is there
/// (so that a shader can be edited while the program runs), else the copy embedded at build time. Throws
/// std::runtime_error for an unknown name.
std::string shader_source(const std::string& name);

/// The text with a line number before every line, as it is printed beside a compiler's message.
std::string numbered_source(const std::string& source);

}  // namespace lf
