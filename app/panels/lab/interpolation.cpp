// Interpolation: three film strips from one digit to the other.
#include <algorithm>
#include <cmath>

#include "base/image_sheet.h"
#include "lab/interpolation/result.h"
#include "panels/lab/panels.h"
#include "widgets/control/button.h"
#include "widgets/plot/plot.h"
#include "widgets/text/text.h"

namespace lf::app::panels {
namespace {

struct FilmWords {
  const char* id;
  const char* name;
  const char* what;
};
constexpr FilmWords kFilms[] = {
    {"latent", "In the latent", "linear mixture of both latents, decoded"},
    {"flow", "Along the flow", "both inverted to t, mixed there, and solved forwards"},
    {"noise", "In the noise", "both inverted to noise, mixed on a great circle, and solved forwards"}};

const LabFilm* film_of(const LabInterpolation& found, const std::string& id) {
  for (const LabFilm& film : found.films) {
    if (film.name == id) return &film;
  }
  return nullptr;
}

size_t first_picture(const LabInterpolation& found, const LabFilm& film) {
  return 2 + static_cast<size_t>(&film - found.films.data()) * static_cast<size_t>(found.frames);
}

/// A note beside the film: the classifier's lowest confidence says more than bars below the images.
std::string film_note(const LabFilm& film) {
  if (film.certainty.empty()) return "length " + fixed(film.length, 2) + " × the distance";
  const float least = *std::min_element(film.certainty.begin(), film.certainty.end());
  return "lowest confidence " + fixed(100 * least, 0) + " % · length " + fixed(film.length, 2) +
         " × the distance";
}

void draw_film(const PanelContext& c, Rect row, const LabInterpolation& found, const FilmWords& words) {
  const LabFilm* film = film_of(found, words.id);
  Rect head = row.take_top(c.px(20), c.px(4));
  const float used = draw_text(c.ui, head, Type::Strong, c.theme().text, words.name);
  head.take_left(used, c.px(10));
  std::string what = words.what;
  if (std::string(words.id) == "flow")
    what = "both inverted to t = " + fixed(found.t, 2) + ", mixed there, and solved forwards";
  const std::string note = film ? film_note(*film) : "being computed …";
  const float room = text_size(c.ui, Type::Small, note).x;
  draw_text(c.ui, head.take_right(room), Type::Small, c.theme().text2, note, Align::Right);
  draw_text(c.ui, head.inset(c.px(4), 0), Type::Small, c.theme().text2, what);
  readout(c.ui, row,
          {std::string("lab.interpolation.") + words.id, words.name, sentence_case(what),
           film ? fixed(film->length, 3) : "", ""});
  if (!film) return;
  const auto n = static_cast<float>(found.frames);
  const float gap = c.px(6), side = std::floor(std::min(row.h - c.px(8), (row.w - gap * (n - 1)) / n));
  const float left = row.x + 0.5f * (row.w - n * side - gap * (n - 1));
  for (int64_t i = 0; i < found.frames; ++i) {
    const Rect cell{left + static_cast<float>(i) * (side + gap), row.y, side, side};
    const int label = film->seen.empty() ? -1 : film->seen[static_cast<size_t>(i)];
    digit_tile(c.ui, cell, c.cache.lab_pictures, first_picture(found, *film) + static_cast<size_t>(i),
               {label});
  }
}

/// The judge's confidence along the three routes.
void draw_certainty(const PanelContext& c, const LabInterpolation& found) {
  const CardBody parts =
      card(c.ui, c.area, {"lab.interpolation.certainty", "Classifier confidence", "%", "", {}});
  PlotSpec spec;
  spec.info = {"lab.interpolation.sure", "Classifier confidence",
               "Probability of the most likely class in each frame, in percent; low where the frame is "
               "not a digit.",
               "", ""};
  spec.x_unit = "share of B", spec.y_unit = "%";
  spec.x_low = 0, spec.x_high = 1, spec.y_low = 0, spec.y_high = 104;
  std::vector<std::vector<float>> percent;
  percent.reserve(3);
  const Color colours[] = {c.theme().autoencoder, c.theme().flow, c.theme().noise};
  for (size_t k = 0; k < 3; ++k) {
    const LabFilm* film = film_of(found, kFilms[k].id);
    if (!film || film->certainty.empty()) continue;
    percent.emplace_back();
    for (const float p : film->certainty) percent.back().push_back(100 * p);
    PlotCurve curve{
        kFilms[k].name, colours[k], found.share.data(), percent.back().data(), found.share.size(), 0, 2};
    curve.dots = true;
    spec.curves.push_back(curve);
  }
  if (spec.curves.empty())
    return empty_state(c.ui, parts.body, "No classifier", "None was trained on these digits.");
  plot(c.ui, parts.body, c.cache.plots["lab.interpolation.sure"], spec);
}

void draw_ends(const PanelContext& c, const LabInterpolation& found) {
  CardBody parts = card(c.ui, c.area, {"lab.interpolation.ends", "From A to B", "training digits", "", {}});
  const auto halves = columns(parts.body, {1, 1}, c.px(12));
  for (size_t i = 0; i < 2; ++i) {
    Rect half = halves[i];
    const Rect words = half.take_bottom(c.px(20));
    const float side = std::min(half.w, half.h);
    const int label = i ? found.second_label : found.first_label;
    digit_tile(c.ui, {half.center().x - 0.5f * side, half.bottom() - side, side, side}, c.cache.lab_pictures,
               i, {label});
    const int64_t index = i ? found.second : found.first;
    draw_text(c.ui, words, Type::Small, c.theme().text2,
              std::string(i ? "B" : "A") + " · #" + std::to_string(index), Align::Center);
  }
}

std::string answer(const LabInterpolation& found) {
  if (found.films.size() < 3) return "";
  return "Round-trip error of the two ends: " + short_number(found.round_trip, 2) +
         " per coordinate (a latent has standard deviation 1).";
}

/// A random index; the core keeps it within the set.
std::string lot(const PanelContext& c, uint64_t salt) {
  uint64_t x = static_cast<uint64_t>(c.ui.time * 1e6) + salt;
  x = (x ^ (x >> 31)) * 0x9e3779b97f4a7c15ull;
  return std::to_string((x >> 33) % 10000);
}

}  // namespace

static void upload_interpolation(const PanelContext& c, const LabInterpolation& found) {
  if (!lab_pictures_change(c)) return;
  const uint64_t version = c.snapshot.lab->version;
  ImageSheet all = found.ends;
  for (const LabFilm& film : found.films) all.append(film.pictures);
  c.cache.lab_pictures.set(all, version);
}

void draw_lab_interpolation(const PanelContext& c) {
  const auto found = c.snapshot.lab->as<LabInterpolation>();
  if (found) upload_interpolation(c, *found);
  const bool ready = found && !found->films.empty();
  const bool low = c.area.h / c.ui.scale < 520;
  Rect area = c.area, below;
  if (ready && !low) below = area.take_bottom(std::floor(area.h * 0.34f), c.px(12));
  const std::vector<CardChip> chips{
      {{"lab.interpolation.here", "mix at the slider's t",
        "Mixes the film strip along the flow at the slider's t.", "", ""},
       false,
       false},
      {{"lab.interpolation.lots", "random pair",
        "Two random training digits. To choose digits, click them on the map.", "", ""},
       false,
       false}};
  const CardBody parts = lab_card(c.within(area), ready ? counted(found->frames, "frame") : "",
                                  ready ? answer(*found) : "", chips);
  if (parts.clicked == 0)
    c.view.set(lab_argument_key("interpolation", "t"), fixed(std::clamp(c.view.t, 0.05f, 0.95f), 2));
  if (parts.clicked == 1) {
    c.view.set(lab_argument_key("interpolation", "a"), lot(c, 1));
    c.view.set(lab_argument_key("interpolation", "b"), lot(c, 77777));
  }
  if (lab_waits(c, parts.body, ready)) return;
  const auto strips = rows(parts.body, {1, 1, 1}, c.px(10));
  for (size_t k = 0; k < 3; ++k) draw_film(c, strips[k], *found, kFilms[k]);
  if (low)
    return c.ui.map.add_hidden("lab.interpolation.certainty", "Classifier confidence",
                               "Shown in larger windows.");
  const auto cards = columns(below, {1, 2.2f}, c.px(12));
  draw_ends(c.within(cards[0]), *found);
  draw_certainty(c.within(cards[1]), *found);
}

}  // namespace lf::app::panels
