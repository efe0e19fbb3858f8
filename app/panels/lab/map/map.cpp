// Map: all latents, and the digit under the mouse.
#include <algorithm>
#include <cmath>

#include "base/classes.h"
#include "base/image_sheet.h"
#include "lab/map/result.h"
#include "panels/lab/map/parts.h"
#include "widgets/plot/scatter_map.h"
#include "widgets/text/text.h"

namespace lf::app::panels {
namespace {

/// A digit of one of the clouds; index −1: none.
struct Found {
  bool test = false;
  int64_t index = -1;
};

struct Layer {
  const char* key;
  const char* label;
  const char* tooltip;
  bool initial;
};
constexpr Layer kLayers[] = {
    {"lab.map.train", "training", "The training digits.", true},
    {"lab.map.test", "test", "The test digits: they should lie among the training digits.", false},
    {"lab.map.prior", "noise", "Two thousand samples of the prior noise.", false},
    {"lab.map.flowing", "generated", "Four hundred generated digits at t; Play moves them.", true}};

/// The visible layers as one cloud; rebuilt only after a change.
void gather(const PanelContext& c, const LabMap& map) {
  LabMapCache& cache = c.cache.lab_map;
  std::string key = std::to_string(c.snapshot.lab->version);
  for (const Layer& layer : kLayers) key += c.view.on(layer.key, layer.initial) ? "1" : "0";
  if (key == cache.key) return;
  cache.key = key;
  ++cache.version;
  cache.points.clear();
  cache.labels.clear();
  const auto add = [&](const std::vector<float>& points, const std::vector<uint8_t>& labels) {
    cache.points.insert(cache.points.end(), points.begin(), points.end());
    cache.labels.insert(cache.labels.end(), labels.begin(), labels.end());
  };
  if (c.view.on("lab.map.prior", false))
    add(map.prior, std::vector<uint8_t>(map.prior.size() / 2, uint8_t{kNoClass}));
  if (c.view.on("lab.map.train", true)) add(map.train.points, map.train.labels);
  if (c.view.on("lab.map.test", false)) add(map.test.points, map.test.labels);
}

/// The positions of the flowing states at the slider's t.
void move_particles(const PanelContext& c, const LabMap& map) {
  std::vector<float>& now = c.cache.lab_map.particles;
  now.clear();
  if (!c.view.on("lab.map.flowing", true) || map.t.size() < 2) return;
  const size_t n = 2 * map.flowing_labels.size(), last = map.t.size() - 1;
  const float state = std::clamp(c.view.t, 0.0f, 1.0f) * static_cast<float>(last);
  const size_t a = std::min(static_cast<size_t>(state), last), b = std::min(a + 1, last);
  const float f = state - static_cast<float>(a);
  now.resize(n);
  for (size_t i = 0; i < n; ++i) now[i] = (1 - f) * map.flowing[a * n + i] + f * map.flowing[b * n + i];
}

/// The digit nearest to the mouse among the visible layers, within a few pixels.
Found under_mouse(const PanelContext& c, const LabMap& map, const ScatterResult& r) {
  Found found;
  if (!r.over) return found;
  float best = c.px(9) / r.pixels;
  best *= best;
  const auto search = [&](const LabMapCloud& cloud, bool test) {
    for (size_t i = 0; i < cloud.labels.size(); ++i) {
      const float dx = cloud.points[2 * i] - r.mouse_x, dy = cloud.points[2 * i + 1] - r.mouse_y;
      const float d = dx * dx + dy * dy;
      if (d < best) best = d, found = {test, static_cast<int64_t>(i)};
    }
  };
  if (c.view.on("lab.map.train", true)) search(map.train, false);
  if (c.view.on("lab.map.test", false)) search(map.test, true);
  return found;
}

/// The image under the mouse and the two pinned ones, in this order.
void upload(const PanelContext& c, const LabMap& map, const Found& hover) {
  ImageSheet sheet;
  uint64_t version = 14695981039346656037ull;
  const auto add = [&](const LabMapCloud& cloud, int64_t index) {
    const bool known = cloud.pixels && index >= 0 && index < cloud.total;
    if (known)
      sheet.append(cloud.image(index).pixels, 1);
    else
      sheet.append(ImageSheet::black(1, sheet.shape));
    version = (version ^ (static_cast<uint64_t>(index) + 1)) * 1099511628211ull + (known ? 1 : 0);
  };
  add(hover.test ? map.test : map.train, hover.index);
  add(map.train, pinned_digit(c, "a"));
  add(map.train, pinned_digit(c, "b"));
  c.cache.lab_map.pictures.set(sheet, version + (hover.test ? 1 : 0));
}

void mark_pin(const PanelContext& c, const LabMap& map, const ScatterResult& r, const Rect& area,
              const char* which, const char* letter) {
  const LabMapCache::Pin pin = place_of_pin(c, map, which);
  if (pin.label < 0) return;
  const ImVec2 at{r.origin.x + pin.x * r.pixels, r.origin.y - pin.y * r.pixels};
  if (!area.contains(at)) return;
  const Theme& t = c.theme();
  const float strength = is_encoded(map, pin.index) ? 1 : 0.5f;
  draw()->AddCircleFilled(at, c.px(5), fade(t.digits[pin.label % kClasses], strength), 16);
  draw()->AddCircle(at, c.px(7), fade(t.text, strength), 20, c.px(2));
  const Rect tag{at.x + c.px(9), at.y - c.px(9), c.px(18), c.px(18)};
  draw()->AddRectFilled(tag.min(), tag.max(), fade(t.card, 0.8f), c.px(5));
  draw_text(c.ui, tag, Type::Strong, t.text, letter, Align::Center);
}

/// The legend of the marks, at the lower left where the map leaves room.
void draw_legend(const PanelContext& c, const Rect& area) {
  struct Entry {
    const char* label;
    bool shown, flowing;
  };
  const Entry entries[] = {
      {"encoded digit", c.view.on("lab.map.train", true) || c.view.on("lab.map.test", false), false},
      {"generated, at t", c.view.on("lab.map.flowing", true), true}};
  Rect line{area.x, area.bottom() - c.px(20), area.w, c.px(18)};
  const Rect whole{line.x, line.y, std::min(line.w, c.px(210)), line.h};
  for (const Entry& entry : entries) {
    if (!entry.shown) continue;
    const ImVec2 mark = line.take_left(c.px(14), c.px(4)).center();
    if (entry.flowing)
      particle_diamond(c.ui, mark, c.theme().digits[1]);
    else
      draw()->AddCircleFilled(mark, c.px(1.6f), c.theme().digits[1], 10);
    const float width = text_size(c.ui, Type::Small, entry.label).x;
    draw_text(c.ui, line.take_left(width + 1, c.px(12)), Type::Small, c.theme().text2, entry.label);
  }
  readout(
      c.ui, whole,
      {"lab.map.legend", "Marks",
       "Dots are encoded digits. Diamonds are four hundred generated digits at time t. A ring is a pinned "
       "digit.",
       "", ""});
}

void draw_hovered(const PanelContext& c, const LabMap& map, const ScatterResult& r, const Found& hover) {
  if (hover.index < 0) return;
  const LabMapCloud& cloud = hover.test ? map.test : map.train;
  const float side = c.px(84), pad = c.px(8);
  const ImVec2 screen = ImGui::GetIO().DisplaySize;
  Rect box{r.mouse.x + c.px(16), r.mouse.y - side - c.px(30), side + 2 * pad, side + 2 * pad + c.px(20)};
  box.x = std::min(box.x, screen.x - box.w - pad);
  box.y = std::max(box.y, pad);
  draw()->AddRectFilled(box.min(), box.max(), c.theme().raised, c.px(8));
  draw()->AddRect(box.min(), box.max(), c.theme().border, c.px(8));
  Rect inner = box.inset(pad);
  const int label = cloud.labels[static_cast<size_t>(hover.index)];
  digit_tile(c.ui, inner.take_top(side, c.px(4)), c.cache.lab_map.pictures, 0, {label});
  draw_text(c.ui, inner, Type::MonoSmall, c.theme().text,
            (hover.test ? "test " : "#") + std::to_string(hover.index), Align::Center);
}

std::vector<CardChip> chips(const PanelContext& c) {
  const std::string axes = c.view.text(lab_argument_key("map", "axes"), "class");
  std::vector<CardChip> list{
      {{"lab.map.axes.class", "class axes",
        "The two directions that separate the classes best (Fisher's linear discriminants).", "", ""},
       axes == "class",
       true},
      {{"lab.map.axes.principal", "principal",
        "The two directions in which the latents have the largest variance.", "", ""},
       axes == "principal",
       true}};
  for (const Layer& layer : kLayers)
    list.push_back(
        {{layer.key, layer.label, layer.tooltip, "", ""}, c.view.on(layer.key, layer.initial), true});
  return list;
}

void click_chip_of_map(const PanelContext& c, int chip) {
  if (chip == 0 || chip == 1)
    c.view.set(lab_argument_key("map", "axes"), std::string(chip == 0 ? "class" : "principal"));
  if (chip >= 2) c.view.flip(kLayers[chip - 2].key, kLayers[chip - 2].initial);
}

void draw_cloud(const PanelContext& c, const Rect& area, const LabMap& map) {
  gather(c, map);
  move_particles(c, map);
  LabMapCache& cache = c.cache.lab_map;
  ScatterSpec spec;
  spec.info = {"lab.map.points", "Map of latents",
               "Every point is a digit. Hover over one to see it, click to pin it. Scroll to zoom, drag to "
               "pan, double-click to reset.",
               std::to_string(cache.labels.size()) + " points", ""};
  spec.cloud = cache.points.data();
  spec.cloud_labels = cache.labels.data();
  spec.cloud_count = cache.labels.size();
  spec.cloud_version = cache.version;
  spec.particles = cache.particles.data();
  spec.particle_labels = map.flowing_labels.data();
  spec.particle_count = cache.particles.size() / 2;
  spec.particles_stand_out = true;
  const ScatterResult r = scatter_map(c.ui, area, c.cache.maps["lab.map.points"], spec);
  const Found hover = under_mouse(c, map, r);
  upload(c, map, hover);
  draw_legend(c, area);
  mark_pin(c, map, r, area, "a", "A");
  mark_pin(c, map, r, area, "b", "B");
  draw_hovered(c, map, r, hover);
  if (!r.clicked || hover.index < 0 || hover.test) return;
  c.view.set(lab_argument_key("interpolation", "a"), std::to_string(pinned_digit(c, "b")));
  c.view.set(lab_argument_key("interpolation", "b"), std::to_string(hover.index));
}

}  // namespace

void draw_lab_map(const PanelContext& c) {
  const auto map = c.snapshot.lab->as<LabMap>();
  const bool ready = map && !map->train.labels.empty();
  const bool narrow = c.area.w / c.ui.scale < 700;
  Rect area = c.area, right;
  if (ready && !narrow) right = area.take_right(c.px(236), c.px(12));
  const CardBody parts = lab_card(c.within(area), ready ? "2 " + map->axes + " of 64" : "",
                                  ready ? map_answer(c, *map) : "", chips(c));
  click_chip_of_map(c, parts.clicked);
  if (lab_waits(c, parts.body, ready)) return;
  draw_cloud(c, parts.body, *map);
  if (narrow) return c.ui.map.add_hidden("lab.map.pins", "Pinned", "Shown in wider windows.");
  draw_map_pins(c.within(right.take_top(c.px(230), c.px(12))), *map);
  if (right.h > c.px(150)) draw_map_spread(c.within(right), *map);
}

}  // namespace lf::app::panels
