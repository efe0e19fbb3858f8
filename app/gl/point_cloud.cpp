#include "gl/point_cloud.h"

#include <algorithm>
#include <cstddef>

#include "gl/gl.h"

namespace lf::app::gl {

bool PointCloud::View::operator==(const View& o) const {
  return width == o.width && height == o.height && left == o.left && bottom == o.bottom && right == o.right &&
         top == o.top && diameter == o.diameter && opacity == o.opacity &&
         std::equal(background, background + 3, o.background);
}

void PointCloud::set_points(const std::vector<CloudPoint>& points) {
  buffer_.upload(points.data(), points.size() * sizeof(CloudPoint));
  buffer_.floats(0, 2, sizeof(CloudPoint), offsetof(CloudPoint, x));
  buffer_.colour(1, sizeof(CloudPoint), offsetof(CloudPoint, colour));
  count_ = static_cast<int>(points.size());
  changed_ = true;
}

uint32_t PointCloud::texture(const View& view) {
  if (!gl_loaded() || view.width < 1 || view.height < 1) return 0;
  if (changed_ || !(view == drawn_)) draw(view);
  return target_.texture().id();
}

void PointCloud::draw(const View& view) {
  if (program_.id() == 0) program_ = Program::from_files("points");
  if (!target_.begin(view.width, view.height, view.background)) return;
  glEnable(GL_PROGRAM_POINT_SIZE);
  glEnable(GL_BLEND);
  glBlendFuncSeparate(GL_SRC_ALPHA, GL_ONE_MINUS_SRC_ALPHA, GL_ZERO, GL_ONE);
  program_.use();
  program_.set("range", view.left, view.bottom, view.right, view.top);
  program_.set("diameter", view.diameter);
  program_.set("opacity", view.opacity);
  buffer_.bind();
  if (count_ > 0) glDrawArrays(GL_POINTS, 0, count_);
  glBindVertexArray(0);
  glUseProgram(0);
  target_.end();
  set_texture_opaque(target_.texture().id());
  drawn_ = view;
  changed_ = false;
}

}  // namespace lf::app::gl
