#include "gl/program.h"

#include <stdexcept>

#include "gl/gl.h"
#include "gl/shader_source.h"

namespace lf::app::gl {
namespace {

/// Compiles one stage; throws std::runtime_error with the numbered source.
GLuint compile(GLenum kind, const std::string& name) {
  const std::string source = shader_source(name);
  const GLuint shader = glCreateShader(kind);
  const char* text = source.c_str();
  glShaderSource(shader, 1, &text, nullptr);
  glCompileShader(shader);
  GLint ok = 0;
  glGetShaderiv(shader, GL_COMPILE_STATUS, &ok);
  if (ok == GL_TRUE) return shader;
  char log[2048] = "";
  glGetShaderInfoLog(shader, sizeof log, nullptr, log);
  glDeleteShader(shader);
  throw std::runtime_error("shader " + name + " does not compile: " + log + "\n" + numbered_source(source));
}

}  // namespace

Program::~Program() {
  if (id_ != 0) glDeleteProgram(id_);
}

Program Program::from_files(const std::string& name) {
  Program program;
  if (!gl_loaded()) return program;
  const GLuint vertex = compile(GL_VERTEX_SHADER, name + ".vert");
  const GLuint fragment = compile(GL_FRAGMENT_SHADER, name + ".frag");
  program.id_ = glCreateProgram();
  glAttachShader(program.id_, vertex);
  glAttachShader(program.id_, fragment);
  glLinkProgram(program.id_);
  glDeleteShader(vertex);
  glDeleteShader(fragment);
  GLint ok = 0;
  glGetProgramiv(program.id_, GL_LINK_STATUS, &ok);
  if (ok == GL_TRUE) return program;
  char log[2048] = "";
  glGetProgramInfoLog(program.id_, sizeof log, nullptr, log);
  throw std::runtime_error("shader " + name + " does not link: " + log);
}

void Program::use() const { glUseProgram(id_); }

void Program::set(const char* name, float value) const {
  glUniform1f(glGetUniformLocation(id_, name), value);
}

void Program::set(const char* name, float x, float y, float z, float w) const {
  glUniform4f(glGetUniformLocation(id_, name), x, y, z, w);
}

}  // namespace lf::app::gl
