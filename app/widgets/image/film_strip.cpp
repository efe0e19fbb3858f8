#include "widgets/image/film_strip.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "widgets/text/text.h"

namespace lf::app::widgets {
namespace {

/// Layout of a strip in real pixels. In a tall area the strip breaks into bands, each with all its
/// rows.
struct StripLayout {
  float label = 0, side = 0, column = 0, caption = 0, gap = 0;
  int columns = 1;  ///< of one band
  std::vector<int> states;

  float band_height(size_t rows) const { return static_cast<float>(rows) * (side + gap) + caption; }
};

/// Side of the images if all `count` states are in `bands` bands.
float side_in_bands(const StripLayout& s, const Rect& area, size_t rows, int count, int bands) {
  const float columns = std::ceil(static_cast<float>(count) / static_cast<float>(bands));
  const float wide = (area.w - s.label - s.gap * (columns - 1)) / columns;
  const float tall = (area.h / static_cast<float>(bands) - s.caption) / static_cast<float>(rows) - s.gap;
  return std::floor(std::min(wide, tall));
}

StripLayout lay_out(const Ui& ui, const Rect& area, const FilmStripSpec& spec) {
  StripLayout s;
  s.caption = ui.px(16);
  s.gap = ui.px(6);
  for (const auto& row : spec.rows) s.label = std::max(s.label, text_size(ui, Type::Small, row.label).x);
  s.label += ui.px(12);
  const size_t rows = std::max<size_t>(1, spec.rows.size());
  const int count = std::max(1, static_cast<int>(spec.t.size()));
  int bands = 1;
  for (int b = 2; b <= 4; ++b) {
    if (side_in_bands(s, area, rows, count, b) > side_in_bands(s, area, rows, count, bands) + 2) bands = b;
  }
  s.side = side_in_bands(s, area, rows, count, bands);
  int shown = count;
  if (s.side < ui.px(28)) {  // too many to see: an even selection in one band
    bands = 1;
    s.side =
        std::max(ui.px(16), std::min(ui.px(44), (area.h - s.caption) / static_cast<float>(rows) - s.gap));
    shown = std::max(2, static_cast<int>((area.w - s.label + s.gap) / (s.side + s.gap)));
  }
  s.states = strip_states(static_cast<int>(spec.t.size()), shown, spec.current);
  s.columns = std::max(1, (static_cast<int>(s.states.size()) + bands - 1) / bands);
  s.column = (area.w - s.label - s.side) / static_cast<float>(std::max(1, s.columns - 1));
  return s;
}

/// Upper left corner of the column of the i-th shown state.
ImVec2 corner_of(const Rect& area, const FilmStripSpec& spec, const StripLayout& s, int i) {
  return {std::floor(area.x + s.label + static_cast<float>(i % s.columns) * s.column),
          std::floor(area.y + static_cast<float>(i / s.columns) * s.band_height(spec.rows.size()))};
}

void draw_column(Ui& ui, const Rect& area, const FilmStripSpec& spec, const StripLayout& s, int i) {
  const size_t state = static_cast<size_t>(s.states[static_cast<size_t>(i)]);
  const Theme& t = ui.colours();
  const ImVec2 corner = corner_of(area, spec, s, i);
  float y = corner.y;
  const bool now = static_cast<int>(state) == spec.current;
  for (size_t r = 0; r < spec.rows.size(); ++r) {
    const auto& row = spec.rows[r];
    TileLook look;
    look.selected = now;
    look.label = row.labels.empty() ? -1 : row.labels[state];
    digit_tile(ui, {corner.x, y, s.side, s.side}, *row.atlas, row.pictures[state], look);
    y += s.side + s.gap;
    if (r > 0) continue;
    draw_text(ui, {corner.x - ui.px(4), y - s.gap + ui.px(2), s.side + ui.px(8), s.caption}, Type::MonoSmall,
              now ? t.text : t.text2, spec.captions.empty() ? fixed(spec.t[state], 2) : spec.captions[state],
              Align::Center);
    y += s.caption;
  }
}

void draw_row_names(Ui& ui, const Rect& area, const FilmStripSpec& spec, const StripLayout& s) {
  const int shown = static_cast<int>(s.states.size());
  for (int first = 0; first < shown; first += s.columns) {
    float y = corner_of(area, spec, s, first).y;
    for (size_t r = 0; r < spec.rows.size(); ++r) {
      draw_text(ui, {area.x, y, s.label, s.side}, Type::Small, ui.colours().text2, spec.rows[r].label);
      y += s.side + s.gap + (r == 0 ? s.caption : 0);
    }
  }
}

/// The shown state under the mouse.
int state_at(const Rect& area, const FilmStripSpec& spec, const StripLayout& s, ImVec2 mouse) {
  const int shown = static_cast<int>(s.states.size());
  const int bands = (shown + s.columns - 1) / s.columns;
  const int band =
      std::clamp(static_cast<int>((mouse.y - area.y) / s.band_height(spec.rows.size())), 0, bands - 1);
  const float at = (mouse.x - area.x - s.label - 0.5f * s.side) / std::max(1.0f, s.column);
  const int column = std::clamp(static_cast<int>(std::lround(at)), 0, s.columns - 1);
  return s.states[static_cast<size_t>(std::min(shown - 1, band * s.columns + column))];
}

}  // namespace

std::vector<int> strip_states(int count, int columns, int current) {
  std::set<int> chosen;
  if (count <= columns) {
    for (int i = 0; i < count; ++i) chosen.insert(i);
    return {chosen.begin(), chosen.end()};
  }
  for (int i = 0; i < columns; ++i) {
    chosen.insert(static_cast<int>(std::lround(static_cast<double>(i) * (count - 1) / (columns - 1))));
  }
  if (current >= 0 && current < count && chosen.count(current) == 0) {
    // The current state replaces its nearest neighbour that is not an end.
    int nearest = -1;
    for (int c : chosen) {
      if (c == 0 || c == count - 1) continue;
      if (nearest < 0 || std::abs(c - current) < std::abs(nearest - current)) nearest = c;
    }
    if (nearest >= 0) chosen.erase(nearest);
    chosen.insert(current);
  }
  return {chosen.begin(), chosen.end()};
}

int film_strip(Ui& ui, const Rect& area, const FilmStripSpec& spec) {
  const StripLayout s = lay_out(ui, area, spec);
  if (s.states.empty()) return -1;
  const Response r = control(ui, area, spec.info);
  draw_row_names(ui, area, spec, s);
  const TileLayers layers(ui);
  for (int i = 0; i < static_cast<int>(s.states.size()); ++i) draw_column(ui, area, spec, s, i);
  return r.held || r.clicked ? state_at(area, spec, s, ImGui::GetIO().MousePos) : -1;
}

}  // namespace lf::app::widgets
