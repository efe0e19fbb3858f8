// The map of the latents: the data set as points, the preview's trajectories over it.
#include <algorithm>
#include <cmath>

#include "base/classes.h"
#include "panels/explore/cards.h"
#include "panels/preview_time.h"
#include "widgets/control/card.h"
#include "widgets/plot/scatter_map.h"
#include "widgets/text/text.h"

namespace lf::app::panels {
namespace {

constexpr size_t kTracks = 20;  // two of each class; the others are heads without a track

/// Trajectories of the digits and positions of the other particles, from the preview.
void update_points(const PanelContext& c, float state) {
  const FlowBlock& flow = *c.snapshot.flow;
  const size_t n = static_cast<size_t>(flow.particles),
               digits = std::min(n, static_cast<size_t>(flow.digits));
  std::vector<ScatterPath>& paths = c.cache.paths;
  paths.assign(digits, {});
  for (size_t i = 0; i < digits; ++i) {
    paths[i].colour = flow.labels[i] < kClasses ? c.theme().digits[flow.labels[i]] : c.theme().text2;
    paths[i].quiet = i >= kTracks;
    for (size_t s = 0; s < flow.t.size(); ++s) {
      const float* p = &flow.points[2 * (s * n + i)];
      paths[i].points.push_back({p[0], p[1]});
    }
  }
  const size_t a = std::min(static_cast<size_t>(state), flow.t.size() - 1),
               b = std::min(a + 1, flow.t.size() - 1);
  const float f = state - std::floor(state);
  c.cache.particles.resize(2 * (n - digits));
  for (size_t i = 0; i < c.cache.particles.size(); ++i) {
    const float p = flow.points[2 * (a * n + digits) + i], q = flow.points[2 * (b * n + digits) + i];
    c.cache.particles[i] = p + f * (q - p);
  }
}

/// The digit at the state under the mouse.
void draw_hovered(const PanelContext& c, const ScatterResult& r) {
  const FlowBlock& flow = *c.snapshot.flow;
  const size_t state = std::min(static_cast<size_t>(std::max(0.0f, r.hovered_state)), flow.t.size() - 1);
  const float side = c.px(72), pad = c.px(8);
  const ImVec2 screen = ImGui::GetIO().DisplaySize;
  Rect box{r.mouse.x + c.px(16), r.mouse.y - side - c.px(30), side + 2 * pad, side + 2 * pad + c.px(20)};
  box.x = std::min(box.x, screen.x - box.w - pad);
  box.y = std::max(box.y, pad);
  const Theme& t = c.theme();
  draw()->AddRectFilled(box.min(), box.max(), t.raised, c.px(8));
  draw()->AddRect(box.min(), box.max(), t.border, c.px(8));
  Rect inner = box.inset(pad);
  const int label = flow.labels[static_cast<size_t>(r.hovered)];
  digit_tile(c.ui, inner.take_top(side, c.px(4)), c.cache.flow_images,
             state * static_cast<size_t>(flow.digits) + static_cast<size_t>(r.hovered), {label});
  const std::string name = label < kClasses ? std::to_string(label) + " · " : "";
  draw_text(c.ui, inner, Type::MonoSmall, t.text, name + "t " + fixed(flow.t[state], 2), Align::Center);
}

ScatterSpec scatter_spec(const PanelContext& c, bool moving, float state) {
  const FlowBlock& flow = *c.snapshot.flow;
  const MapBlock& map = *c.snapshot.map;
  ScatterSpec spec;
  spec.info = {"map.latent", "Latent space",
               map.trained_step >= 0
                   ? "Every dot is a test digit, encoded with the current weights and projected onto two "
                     "axes of the latent. Scroll to zoom, drag to pan."
                   : "Every dot is a training digit, projected onto two axes of the latent. Discs are the "
                     "digits on the left at time t; hover over one to see it. Scroll to zoom, drag to pan.",
               moving ? std::to_string(flow.particles) + " points"
                      : grouped(static_cast<int64_t>(map.labels.size())) + " encoded digits",
               ""};
  spec.cloud = map.points.data();
  spec.cloud_labels = map.labels.data();
  spec.cloud_count = std::min(map.labels.size(), map.points.size() / 2);
  spec.cloud_version = map.version;
  spec.show_cloud = c.view.on("explore.map.data", true);
  spec.show_labels = c.view.on("explore.map.names", true);
  spec.show_paths = c.view.on("explore.map.paths", true);
  if (!moving) return spec;
  const size_t digits = std::min(static_cast<size_t>(flow.particles), static_cast<size_t>(flow.digits));
  spec.paths = &c.cache.paths;
  spec.particles = c.cache.particles.data();
  spec.particle_labels = flow.labels.data() + digits;
  spec.particle_count = c.cache.particles.size() / 2;
  spec.state = state;
  spec.selected = c.view.selected;
  return spec;
}

}  // namespace

void draw_latent_map_card(const PanelContext& c) {
  const FlowBlock& flow = *c.snapshot.flow;
  const MapBlock& map = *c.snapshot.map;
  const bool moving =
      !flow.t.empty() && flow.points.size() == 2 * flow.t.size() * static_cast<size_t>(flow.particles);
  CardSpec spec{
      "card.map", "Latent space", map.axes.empty() ? "2 of 64 axes" : "2 " + map.axes + " of 64", "", {}};
  if (moving)
    spec.answer = flow.untrained ? "Noise before training."
                                 : with_origin(map.origin, "Each line is the trajectory of one digit.");
  else if (map.trained_step >= 0)
    spec.answer = grouped(static_cast<int64_t>(map.labels.size())) + " test digits, encoded after step " +
                  grouped(map.trained_step) + ".";
  else if (!map.labels.empty())
    spec.answer = with_origin(map.origin, "Latents of " + grouped(static_cast<int64_t>(map.labels.size())) +
                                              " training digits; generated ones will move among them.");
  const auto add = [&](const char* name, const char* label, const char* tooltip) {
    spec.chips.push_back({{name, label, tooltip, "", ""}, c.view.on(name, true), true});
  };
  add("explore.map.paths", "paths", "Trajectories of the preview's digits, in the colour of their class.");
  add("explore.map.data", "data", "The training digits in the background.");
  add("explore.map.names", "names", "The numeral of each class at the class mean.");
  const CardBody body = card(c.ui, c.area, spec);
  if (body.clicked >= 0) c.view.flip(spec.chips[static_cast<size_t>(body.clicked)].info.name, true);
  if (!moving && map.labels.empty()) {
    readout(c.ui, body.body, {"map.latent", "Latent space", "", "empty", ""});
    return empty_state(c.ui, body.body, "No map yet",
                       "The training digits appear here as points, coloured by class, once the "
                       "autoencoder has encoded them.");
  }
  const float state = fractional_state(flow, c.view.t);
  if (moving) update_points(c, state);
  const ScatterResult r =
      scatter_map(c.ui, body.body, c.cache.maps["map.latent"], scatter_spec(c, moving, state));
  if (r.hovered < 0) return;
  draw_hovered(c, r);
  if (r.clicked) c.view.selected = r.hovered;
}

}  // namespace lf::app::panels
