// Nearest training digits: the samples, their nearest training digits, and d1/d2 compared with real
// ones.
#include <algorithm>
#include <cmath>

#include "base/image_sheet.h"
#include "lab/nearest/result.h"
#include "panels/lab/panels.h"
#include "widgets/image/grid.h"
#include "widgets/plot/plot.h"
#include "widgets/text/text.h"

namespace lf::app::panels {
namespace {

constexpr const char* kSpaceKey = "lab.nearest.space";

bool by_pixels(const PanelContext& c) { return c.view.text(kSpaceKey, "latent") == "pixels"; }

size_t chosen(const PanelContext& c, const LabNearest& found) {
  return static_cast<size_t>(std::clamp(c.view.selected, 0, static_cast<int>(found.samples) - 1));
}

bool alarming(const LabNeighbours& near, size_t sample) {
  return sample < near.ratio.size() && near.ratio[sample] < near.threshold;
}

std::string answer(const PanelContext& c, const LabNearest& found) {
  const bool pixels = by_pixels(c);
  const LabNeighbours& near = pixels ? found.pixels : found.latent;
  const std::string space = pixels ? "by pixels" : "in latent space";
  if (near.ratio.empty())
    return "Searching " + grouped(found.train_count) + " training digits " + space + ".";
  const auto least = std::min_element(near.ratio.begin(), near.ratio.end());
  const std::string closest = "the closest is sample " + std::to_string(least - near.ratio.begin() + 1) +
                              " with a ratio of " + fixed(*least, 2);
  const int64_t alarms = copy_alarms(near);
  if (alarms < 0)
    return sentence_case(closest + " " + space) + " The threshold is still being computed from real digits.";
  return std::to_string(alarms) + " of " + std::to_string(found.samples) + " raise the alarm " + space +
         " (" + fixed(0.01 * static_cast<double>(found.samples), 1) + " expected by chance); " + closest +
         ".";
}

std::vector<CardChip> space_chips(const PanelContext& c) {
  return {
      {{"lab.nearest.latent", "latents", "Alarm and chart use distances of standardised latents.", "", ""},
       !by_pixels(c),
       true},
      {{"lab.nearest.pixels", "pixels", "Alarm and chart use distances of pixels.", "", ""},
       by_pixels(c),
       true}};
}

void draw_samples(const PanelContext& c, const Rect& area, const LabNearest& found) {
  const LabNeighbours& near = by_pixels(c) ? found.pixels : found.latent;
  ImageGridSpec grid;
  grid.info = {"lab.nearest.samples", "Samples",
               "The preview's samples, coloured by class label; an exclamation mark is an alarm. Below each: "
               "distance to the nearest training digit divided by that to the next; 1 means equally near. "
               "Click a sample to see its neighbours.",
               std::to_string(found.samples), ""};
  grid.atlas = &c.cache.lab_samples;
  grid.count = static_cast<int>(found.samples);
  grid.labels = found.labels.data();
  grid.selected = static_cast<int>(chosen(c, found));
  for (size_t i = 0; i < near.ratio.size(); ++i)
    grid.captions.push_back(fixed(near.ratio[i], 2) + (alarming(near, i) ? "!" : ""));
  if (grid.captions.empty()) grid.captions.assign(static_cast<size_t>(found.samples), "");
  const ImageGridResult r = image_grid(c.ui, area, grid);
  if (r.clicked >= 0) c.view.selected = r.clicked;
}

/// One row: the kind of distance, and the neighbours with their distances.
void draw_neighbours(const PanelContext& c, Rect row, const LabNearest& found, bool pixels) {
  const LabNeighbours& near = pixels ? found.pixels : found.latent;
  const size_t sample = chosen(c, found), k = static_cast<size_t>(found.k);
  const std::string name = pixels ? "by pixels" : "in latent space";
  const std::string value = near.ratio.empty() ? "searching …" : "ratio " + fixed(near.ratio[sample], 2);
  readout(c.ui, row,
          {pixels ? "lab.nearest.by_pixels" : "lab.nearest.by_latents", "Nearest " + name,
           pixels ? "The five nearest training digits by Euclidean distance of the 784 pixels in [0, 1]. The "
                    "number after # is the index in the training set."
                  : "The five nearest training digits by Euclidean distance of the 64 standardised latent "
                    "dimensions. The number after # is the index in the training set.",
           value, ""});
  Rect head = row.take_top(c.px(18), c.px(2));
  const bool alarm = alarming(near, sample);
  draw_text(c.ui, head, Type::Small, alarm ? c.theme().error : c.theme().text2,
            name + ", " + value + (alarm ? ": alarm" : ""));
  if (near.index.empty()) return;
  const bool tall = row.h >= c.px(112);  // room for the index in the training set below the distance
  const float line = c.px(17), caption = tall ? 2 * line : line, gap = c.px(8);
  const float across = (row.w - gap * static_cast<float>(k - 1)) / static_cast<float>(k);
  const float side = std::max(0.0f, std::min({across, row.h - caption - c.px(4), c.px(116)}));
  const size_t first = (pixels ? static_cast<size_t>(found.samples) * k : 0) + sample * k;
  for (size_t i = 0; i < k; ++i) {
    const Rect slot{row.x + static_cast<float>(i) * (across + gap), row.y, across, row.h};
    const Rect cell{slot.center().x - 0.5f * side, row.y, side, side};
    TileLook look;
    look.label = near.labels[sample * k + i];
    digit_tile(c.ui, cell, c.cache.lab_neighbours, first + i, look);
    const size_t at = sample * k + i;
    Rect words{slot.x, cell.bottom() + c.px(3), slot.w, caption};
    draw_text(c.ui, words.take_top(line), Type::MonoSmall, c.theme().text2, fixed(near.distance[at], 2),
              Align::Center);
    if (tall)
      draw_text(c.ui, words, Type::MonoSmall, c.theme().text2, "#" + grouped(near.index[at]), Align::Center);
  }
}

void draw_chosen(const PanelContext& c, const LabNearest& found) {
  const size_t sample = chosen(c, found);
  Rect body = card(c.ui, c.area,
                   {"lab.nearest.neighbours",
                    "Nearest training digits",
                    "of sample " + std::to_string(sample + 1) + "; distance below",
                    "",
                    {}})
                  .body;
  Rect own = body.take_left(std::min(c.px(130), std::floor(0.2f * body.w)), c.px(16));
  draw_text(c.ui, own.take_top(c.px(18), c.px(2)), Type::Small, c.theme().text2, "the sample");
  const float side = std::min(own.w, own.h);
  digit_tile(c.ui, {own.x, own.y, side, side}, c.cache.lab_samples, sample, {found.labels[sample]});
  const auto halves = rows(body, {1, 1}, c.px(8));
  draw_neighbours(c, halves[0], found, false);
  draw_neighbours(c, halves[1], found, true);
}

/// Share of values up to each one, in %.
struct Cumulative {
  std::vector<float> ratio, percent;
  explicit Cumulative(std::vector<float> values) : ratio(std::move(values)) {
    std::sort(ratio.begin(), ratio.end());
    for (size_t i = 0; i < ratio.size(); ++i)
      percent.push_back(100 * static_cast<float>(i + 1) / static_cast<float>(ratio.size()));
  }
};

void draw_ratios(const PanelContext& c, const LabNearest& found) {
  const LabNeighbours& near = by_pixels(c) ? found.pixels : found.latent;
  const std::string below = std::isnan(near.threshold)
                                ? ""
                                : "1 % of " + grouped(found.test_count) + " real test digits lie below " +
                                      fixed(near.threshold, 3) + ", the alarm threshold.";
  const CardBody parts =
      card(c.ui, c.area,
           {"lab.nearest.alarm",
            "Distance ratio",
            by_pixels(c) ? "nearest ÷ next distance, pixels" : "nearest ÷ next distance, latents",
            below,
            {}});
  const Cumulative samples(near.ratio), tests(near.test_ratio);
  PlotSpec spec;
  spec.info = {"lab.nearest.ratios", "Distance ratio",
               "Share of digits with at most this distance ratio (nearest over next training digit). If a "
               "model memorises, its curve lies far left of that of real digits.",
               std::to_string(near.ratio.size()), ""};
  spec.x_unit = "ratio", spec.y_unit = "%";
  float low = 0.9f;
  for (const Cumulative* one : {&samples, &tests}) {
    if (!one->ratio.empty()) low = std::min(low, one->ratio.front());
  }
  spec.x_low = std::max(0.0, std::floor(20 * static_cast<double>(low)) / 20), spec.x_high = 1;
  spec.y_low = 0, spec.y_high = 102;
  spec.curves = {{"real test digits", c.theme().held_out, tests.ratio.data(), tests.percent.data(),
                  tests.ratio.size(), 0, 2},
                 {"samples", c.theme().flow, samples.ratio.data(), samples.percent.data(),
                  samples.ratio.size(), 0, 2.2f}};
  if (!std::isnan(near.threshold)) spec.marks = {{"alarm", c.theme().error, near.threshold, 1.6f}};
  if (!near.ratio.empty())
    spec.marks.push_back({"", fade(c.theme().accent, 0.9f), near.ratio[chosen(c, found)], 2});
  plot(c.ui, parts.body, c.cache.plots["lab.nearest.ratios"], spec);
}

}  // namespace

/// Images of unknown neighbours stay empty.
static void upload_nearest(const PanelContext& c, const LabNearest& found) {
  if (!lab_pictures_change(c)) return;
  const uint64_t version = c.snapshot.lab->version;
  if (!found.pictures.empty()) c.cache.lab_samples.set(found.pictures, version);
  const auto half = static_cast<size_t>(found.samples * found.k);
  ImageSheet all(found.pictures.shape);
  for (const auto* near : {&found.latent, &found.pixels}) {
    all.append(near->pictures);
    all.append(ImageSheet::black(half - near->pictures.count(), all.shape));
  }
  c.cache.lab_neighbours.set(all, version);
}

void draw_lab_nearest(const PanelContext& c) {
  const auto found = c.snapshot.lab->as<LabNearest>();
  if (found) upload_nearest(c, *found);
  const bool ready = found && !found->pictures.empty();
  const bool narrow = c.area.w / c.ui.scale < 820;
  Rect area = c.area, right, below;
  if (ready && narrow) {
    right = area.take_bottom(std::floor(0.62f * area.h), c.px(12));
    below = right.take_bottom(std::floor(0.42f * right.h), c.px(12));
  } else if (ready) {
    right = area.take_right(std::floor(0.52f * area.w), c.px(12));
    below = right.take_bottom(std::floor(0.42f * right.h), c.px(12));
  }
  const std::string unit = ready ? counted(found->samples, "sample") + ", noise of the preview" : "";
  const CardBody parts = lab_card(c.within(area), unit, ready ? answer(c, *found) : "", space_chips(c));
  if (parts.clicked >= 0) c.view.set(kSpaceKey, std::string(parts.clicked == 0 ? "latent" : "pixels"));
  if (lab_waits(c, parts.body, ready)) return;
  draw_samples(c, parts.body, *found);
  draw_chosen(c.within(right), *found);
  draw_ratios(c.within(below), *found);
}

}  // namespace lf::app::panels
