#include "gl/shader_source.h"

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include "embedded_shaders.h"

namespace lf::app::gl {

std::string shader_source(const std::string& name) {
  if (const char* folder = std::getenv("LATENTFLOW_SHADERS")) {
    std::ifstream file(std::string(folder) + "/" + name);
    std::ostringstream text;
    if (file && text << file.rdbuf()) return text.str();
  }
  for (const EmbeddedShader& shader : kEmbeddedShaders) {
    if (name == shader.name) return shader.source;
  }
  throw std::runtime_error("shader '" + name +
                           "' is missing in this build; add it to shaders/ and build again");
}

std::string numbered_source(const std::string& source) {
  std::istringstream lines(source);
  std::string line, result;
  for (int number = 1; std::getline(lines, line); ++number) {
    char prefix[16];
    std::snprintf(prefix, sizeof prefix, "%4d  ", number);
    result += prefix + line + "\n";
  }
  return result;
}

}  // namespace lf::app::gl
