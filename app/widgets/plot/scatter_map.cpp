#include "widgets/plot/scatter_map.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "base/classes.h"
#include "widgets/text/text.h"

namespace lf::app::widgets {
namespace {

/// Conversion from units of the map to pixels of the window.
struct Lens {
  Rect area;
  float center_x, center_y, scale;  // pixels per unit

  ImVec2 at(float x, float y) const {
    return {area.center().x + (x - center_x) * scale, area.center().y - (y - center_y) * scale};
  }
  gl::PointCloud::View view() const {
    gl::PointCloud::View v;
    v.width = static_cast<int>(area.w);
    v.height = static_cast<int>(area.h);
    v.left = center_x - 0.5f * area.w / scale;
    v.right = center_x + 0.5f * area.w / scale;
    v.bottom = center_y - 0.5f * area.h / scale;
    v.top = center_y + 0.5f * area.h / scale;
    return v;
  }
};

struct Bounds {
  float x0 = 1e9f, x1 = -1e9f, y0 = 1e9f, y1 = -1e9f;
  void add(float x, float y) {
    x0 = std::min(x0, x), x1 = std::max(x1, x);
    y0 = std::min(y0, y), y1 = std::max(y1, y);
  }
};

/// Shows everything with a small margin.
Lens make_lens(const Rect& area, const ScatterState& state, const ScatterSpec& spec) {
  Bounds b;
  for (size_t i = 0; i < spec.cloud_count; ++i) b.add(spec.cloud[2 * i], spec.cloud[2 * i + 1]);
  if (spec.paths != nullptr) {
    for (const ScatterPath& p : *spec.paths) {
      for (const ImVec2& v : p.points) b.add(v.x, v.y);
    }
  }
  if (b.x1 < b.x0) b = {-1, 1, -1, 1};
  const float w = std::max(1e-3f, b.x1 - b.x0), h = std::max(1e-3f, b.y1 - b.y0);
  const float fit = 0.94f * std::min(area.w / w, area.h / h);
  return {area, 0.5f * (b.x0 + b.x1) + state.pan_x, 0.5f * (b.y0 + b.y1) + state.pan_y, fit * state.zoom};
}

void navigate(ScatterState& state, const Lens& lens, const Response& r) {
  const ImGuiIO& io = ImGui::GetIO();
  if (r.double_clicked) state.zoom = 1, state.pan_x = state.pan_y = 0;
  if (r.hovered && io.MouseWheel != 0) {
    const float old = lens.scale, factor = std::pow(1.18f, io.MouseWheel);
    state.zoom = std::clamp(state.zoom * factor, 0.2f, 60.0f);
    const float now = old * factor;
    state.pan_x += (io.MousePos.x - lens.area.center().x) * (1 / old - 1 / now);
    state.pan_y -= (io.MousePos.y - lens.area.center().y) * (1 / old - 1 / now);
  }
  if (r.held && ImGui::IsMouseDragging(0, 2)) {
    state.pan_x -= io.MouseDelta.x / lens.scale;
    state.pan_y += io.MouseDelta.y / lens.scale;
  }
}

void upload_cloud(const Theme& theme, ScatterState& state, const ScatterSpec& spec) {
  if (state.cloud_version == spec.cloud_version && state.cloud_theme == theme.name) return;
  std::vector<gl::CloudPoint> points(spec.cloud_count);
  for (size_t i = 0; i < spec.cloud_count; ++i) {
    points[i] = {
        spec.cloud[2 * i], spec.cloud[2 * i + 1],
        spec.cloud_labels[i] < kClasses ? theme.digits[spec.cloud_labels[i]] : fade(theme.text2, 0.6f)};
  }
  state.cloud.set_points(points);
  state.cloud_version = spec.cloud_version;
  state.cloud_theme = theme.name;
}

void draw_cloud(Ui& ui, const Lens& lens, ScatterState& state, const ScatterSpec& spec) {
  upload_cloud(ui.colours(), state, spec);
  gl::PointCloud::View view = lens.view();
  view.diameter = ui.px(3) * std::clamp(std::sqrt(state.zoom), 0.8f, 2.5f);
  view.opacity = ui.colours().dark ? 0.45f : 0.55f;
  const ImVec4 back = to_vec4(ui.colours().card);
  view.background[0] = back.x, view.background[1] = back.y, view.background[2] = back.z;
  const uint32_t texture = state.cloud.texture(view);
  if (texture != 0)
    draw()->AddImage((ImTextureID)(intptr_t)texture, lens.area.min(), lens.area.max(), {0, 1}, {1, 0});
}

/// The class's name at its position.
void draw_class_names(Ui& ui, const Lens& lens, const ScatterSpec& spec) {
  ByClass<double> x{}, y{}, n{};
  for (size_t i = 0; i < spec.cloud_count; ++i) {
    const size_t c = spec.cloud_labels[i];
    if (c >= kClasses) continue;
    x[c] += spec.cloud[2 * i], y[c] += spec.cloud[2 * i + 1], n[c] += 1;
  }
  const Theme& t = ui.colours();
  for (int c = 0; c < kClasses; ++c) {
    if (n[c] < 3) continue;
    const ImVec2 at = lens.at(static_cast<float>(x[c] / n[c]), static_cast<float>(y[c] / n[c]));
    const Rect box{at.x - ui.px(9), at.y - ui.px(10), ui.px(18), ui.px(20)};
    draw()->AddRectFilled(box.min(), box.max(), fade(t.card, 0.6f), ui.px(6));
    draw_text(ui, box, Type::Strong, mix(t.digits[c], t.text, 0.25f), std::to_string(c), Align::Center);
  }
}

/// The position of a path at a fractional state.
ImVec2 along(const Lens& lens, const ScatterPath& path, float state) {
  const int last = static_cast<int>(path.points.size()) - 1;
  const int a = std::clamp(static_cast<int>(std::floor(state)), 0, last), b = std::min(a + 1, last);
  const float f = std::clamp(state - static_cast<float>(a), 0.0f, 1.0f);
  const ImVec2 p = path.points[static_cast<size_t>(a)], q = path.points[static_cast<size_t>(b)];
  return lens.at(p.x + f * (q.x - p.x), p.y + f * (q.y - p.y));
}

/// The whole path pale, the part so far bright, the head as a disc with a rim.
void draw_path(Ui& ui, const Lens& lens, const ScatterPath& path, float state, bool strong, bool dimmed) {
  const Theme& t = ui.colours();
  const bool quiet = path.quiet && !strong;
  std::vector<ImVec2> all, past;
  for (size_t i = 0; i < path.points.size(); ++i) {
    all.push_back(lens.at(path.points[i].x, path.points[i].y));
    if (static_cast<float>(i) <= state) past.push_back(all.back());
  }
  const ImVec2 head = along(lens, path, state);
  past.push_back(head);
  const float width = std::max(1.0f, std::round(ui.px(strong ? 2.6f : 1.4f) * t.line)),
              dim = dimmed ? 0.35f : 1.0f;
  if (!quiet) {
    draw()->AddPolyline(all.data(), static_cast<int>(all.size()), fade(path.colour, 0.22f * dim), 0, width);
    draw()->AddPolyline(past.data(), static_cast<int>(past.size()), fade(path.colour, 0.85f * dim), 0, width);
    draw()->AddCircle(all.front(), ui.px(2.2f), fade(t.text2, 0.8f * dim), 10);
  }
  const float radius = ui.px(strong ? 6.5f : quiet ? 3.0f : 4.2f);
  const int corners = radius < 5 ? 10 : 16;
  draw()->AddCircleFilled(head, radius + ui.px(1.2f), t.card, corners);
  draw()->AddCircleFilled(head, radius, fade(path.colour, std::max(dim, 0.5f)), corners);
  if (strong) draw()->AddCircle(head, radius + ui.px(2.5f), t.accent, 20, ui.px(2));
}

/// The path nearest to the mouse within a few pixels, and the state there.
void find_hovered(Ui& ui, const Lens& lens, const ScatterSpec& spec, ScatterResult& result) {
  float best = ui.px(11) * ui.px(11);
  const auto consider = [&](ImVec2 p, int path, float state, float advantage) {
    const float dx = p.x - result.mouse.x, dy = p.y - result.mouse.y;
    const float d = (dx * dx + dy * dy) * advantage;
    if (d >= best) return;
    best = d;
    result.hovered = path;
    result.hovered_state = state;
  };
  for (size_t i = 0; i < spec.paths->size(); ++i) {
    const ScatterPath& path = (*spec.paths)[i];
    for (size_t s = 0; s < path.points.size(); ++s) {
      consider(lens.at(path.points[s].x, path.points[s].y), static_cast<int>(i), static_cast<float>(s), 1);
    }
    if (!path.points.empty())
      consider(along(lens, path, spec.state), static_cast<int>(i), std::round(spec.state), 0.3f);
  }
}

void draw_particles(Ui& ui, const Lens& lens, const ScatterSpec& spec) {
  for (size_t i = 0; i < spec.particle_count; ++i) {
    const ImVec2 p = lens.at(spec.particles[2 * i], spec.particles[2 * i + 1]);
    if (spec.particles_stand_out) {
      particle_diamond(ui, p, ui.colours().digits[spec.particle_labels[i] % kClasses]);
      continue;
    }
    const float d = ui.px(2), rim = d + ui.px(1);
    draw()->AddRectFilled({p.x - rim, p.y - rim}, {p.x + rim, p.y + rim}, ui.colours().card, rim);
    draw()->AddRectFilled({p.x - d, p.y - d}, {p.x + d, p.y + d},
                          fade(ui.colours().digits[spec.particle_labels[i] % kClasses], 0.9f), d);
  }
}

}  // namespace

void particle_diamond(Ui& ui, ImVec2 at, Color colour) {
  const auto corners = [&](float r, Color fill) {
    draw()->AddQuadFilled({at.x, at.y - r}, {at.x + r, at.y}, {at.x, at.y + r}, {at.x - r, at.y}, fill);
  };
  corners(ui.px(6), ui.colours().card);
  corners(ui.px(5), ui.colours().text);
  corners(ui.px(3.4f), colour);
}

ScatterResult scatter_map(Ui& ui, const Rect& area, ScatterState& state, const ScatterSpec& spec) {
  ScatterResult result;
  const Lens lens = make_lens(area, state, spec);
  const Response r = control(ui, area, spec.info);
  navigate(state, lens, r);
  result.mouse = ImGui::GetIO().MousePos;
  result.clicked = r.clicked;
  result.over = r.hovered && !ImGui::IsMouseDragging(0, 2);
  result.pixels = lens.scale;
  result.origin = lens.at(0, 0);
  result.mouse_x = (result.mouse.x - result.origin.x) / lens.scale;
  result.mouse_y = (result.origin.y - result.mouse.y) / lens.scale;
  draw()->PushClipRect(area.min(), area.max(), true);
  if (spec.show_cloud && spec.cloud_count > 0) draw_cloud(ui, lens, state, spec);
  draw_particles(ui, lens, spec);
  if (spec.show_labels && spec.cloud_count > 0) draw_class_names(ui, lens, spec);
  if (spec.show_paths && spec.paths != nullptr) {
    if (r.hovered && !r.held) find_hovered(ui, lens, spec, result);
    const bool focus = result.hovered >= 0;
    for (size_t i = 0; i < spec.paths->size(); ++i) {
      const int index = static_cast<int>(i);
      if ((*spec.paths)[i].points.empty() || index == spec.selected || index == result.hovered) continue;
      draw_path(ui, lens, (*spec.paths)[i], spec.state, false, focus);
    }
    for (int index : {spec.selected, result.hovered}) {
      if (index < 0 || index >= static_cast<int>(spec.paths->size())) continue;
      draw_path(ui, lens, (*spec.paths)[static_cast<size_t>(index)], spec.state, true, false);
    }
  }
  draw()->PopClipRect();
  return result;
}

}  // namespace lf::app::widgets
