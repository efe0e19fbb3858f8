// Endpoint estimate: the state, the estimate, and the judge's confidence in it.
#include <algorithm>
#include <cmath>

#include "lab/ghost/result.h"
#include "panels/lab/panels.h"
#include "widgets/image/grid.h"
#include "widgets/plot/class_bars.h"
#include "widgets/plot/plot.h"
#include "widgets/text/text.h"

namespace lf {
namespace {

/// The selected digit and the state at the slider's t.
struct Place {
  size_t digit, state;
};

Place place_of(const PanelContext& c, const LabGhost& ghost) {
  const int digit = std::clamp(c.view.selected, 0, static_cast<int>(ghost.digits) - 1);
  return {static_cast<size_t>(digit), static_cast<size_t>(nearest_time(ghost.t, c.view.t))};
}

/// "by t = 0.42", or a text if nothing changes.
std::string by_when(float t) { return t < 0.005f ? "already at the start" : "by t = " + fixed(t, 2); }

std::string answer(const LabGhost& ghost) {
  std::vector<float> decided = ghost.decided;
  std::sort(decided.begin(), decided.end());
  const auto by = [&](double share) {
    return decided[static_cast<size_t>(std::ceil(share * static_cast<double>(decided.size()))) - 1];
  };
  const float half = by(0.5), most = by(0.9);
  return "Half of the digits are decided " + by_when(half) + ", nine tenths " + by_when(most) +
         "; on the way they change their mind " +
         fixed(static_cast<double>(ghost.switches) / static_cast<double>(ghost.digits), 1) + " times each.";
}

/// Conditional or unconditional sampling.
std::vector<CardChip> label_chips(const PanelContext& c) {
  const bool free = c.view.on(lab_argument_key("ghost", "unlabelled"), true);
  const std::string none = c.snapshot.run->labelled ? "" : "This net knows no labels.";
  return {{{"lab.ghost.asked", "digit asked for", "The net is told which digit to draw, as on Explore.", "",
            none},
           !free,
           true},
          {{"lab.ghost.free", "left to itself",
            "Nobody says which digit it shall be: now it decides on the way. Only here; Explore goes on as "
            "it was.",
            "", none},
           free,
           true}};
}

void draw_grid(const PanelContext& c, Rect area, const LabGhost& ghost, const Place& place, bool guess) {
  const std::string when = state_words(c, ghost.t[place.state]);
  draw_text(c.ui, area.take_top(c.px(18), c.px(2)), Type::Small, c.theme().text2,
            guess                  ? "heading for: the endpoint guess, coloured by what the judge sees"
            : ghost.labels[0] < 10 ? "now, " + when + ", coloured by what was asked for"
                                   : "now, " + when);
  ImageGridSpec grid;
  const auto n = static_cast<size_t>(ghost.digits);
  grid.info = {guess ? "lab.ghost.guesses" : "lab.ghost.states", guess ? "Endpoint guess at t" : "State at t",
               guess
                   ? "Each digit as it would be if it went straight on from here: (1 − t) times the velocity "
                     "away. Click one to follow it below."
                   : "Each digit as it is at this t. Click one to follow it below.",
               "state " + std::to_string(place.state), ""};
  grid.atlas = guess ? &c.cache.lab_guesses : &c.cache.lab_states;
  grid.first = place.state * n;
  grid.count = static_cast<int>(n);
  grid.labels = guess ? ghost.seen.data() + place.state * n : ghost.labels.data();
  grid.selected = static_cast<int>(place.digit);
  const ImageGridResult r = image_grid(c.ui, area, grid);
  if (r.clicked >= 0) c.view.selected = r.clicked;
}

void draw_bars(const PanelContext& c, const LabGhost& ghost, const Place& place) {
  const size_t at = place.state * static_cast<size_t>(ghost.digits) + place.digit;
  const uint8_t label = ghost.labels[place.digit];
  const std::string asked =
      label < 10 ? "asked for " + digit_with_article(label) : "nobody asked for a class";
  const CardBody parts =
      card(c.ui, c.area,
           {"lab.ghost.judge",
            "What the judge sees in it",
            asked,
            "Undecided by " + fixed(ghost.entropy[at], 2) + " bits at " +
                state_words(c, ghost.t[place.state]) + "; 0 is sure, 3.32 a pure guess among ten.",
            {}});
  ClassBarsSpec bars;
  bars.info = {"lab.ghost.bars", "Class probabilities",
               "The judge's probability of each class in percent, looking at the endpoint guess of the digit "
               "chosen. A bit is one yes-or-no question that is left open.",
               std::to_string(ghost.seen[at]), ""};
  for (size_t k = 0; k < kDigitClasses; ++k) {
    const double p = ghost.probability[at * kDigitClasses + k];
    bars.values.push_back(100 * p);
    bars.colours.push_back(c.theme().digits[k]);
    bars.labels.push_back(std::to_string(k));
    bars.figures.push_back(p >= 0.005 ? fixed(100 * p, 0) + "%" : "");
  }
  bars.high = 112;
  class_bars(c.ui, parts.body, bars);
}

/// Where the judge's class of this digit changes, with the classes before and after.
std::vector<PlotMark> switch_marks(const PanelContext& c, const LabGhost& ghost, size_t digit) {
  std::vector<PlotMark> marks;
  const auto n = static_cast<size_t>(ghost.digits);
  for (size_t s = 1; s < ghost.t.size(); ++s) {
    const uint8_t before = ghost.seen[(s - 1) * n + digit], now = ghost.seen[s * n + digit];
    if (before == now) continue;
    marks.push_back({std::to_string(before) + "→" + std::to_string(now),
                     c.theme().digits[now % kDigitClasses], ghost.t[s], 1.6f});
  }
  return marks;
}

void draw_commitment(const PanelContext& c, const LabGhost& ghost, const Place& place) {
  const auto n = static_cast<size_t>(ghost.digits), states = ghost.t.size();
  const float when = ghost.decided[place.digit];
  const std::string settled = when <= 0 ? "from the very start" : "from t = " + fixed(when, 2) + " on";
  const CardBody parts =
      card(c.ui, c.area,
           {"lab.ghost.commitment",
            "When is it decided?",
            "bits undecided along t",
            "The digit chosen stays " + digit_with_article(ghost.seen[(states - 1) * n + place.digit]) + " " +
                settled +
                ": decided means that its class no longer changes, bits are what doubt the judge "
                "has left about the picture.",
            {}});
  std::vector<float> own;
  for (size_t s = 0; s < states; ++s) own.push_back(ghost.entropy[s * n + place.digit]);
  PlotSpec spec;
  spec.info = {"lab.ghost.entropy", "Commitment",
               "How undecided the judge is along the way, as the entropy of its class probabilities (0 bits "
               "sure, 3.32 a pure guess among ten): the mean of all digits and the one "
               "chosen; a coloured line marks each change of the most probable class. A click moves t.",
               "", ""};
  spec.x_unit = "t", spec.y_unit = "bits";
  spec.x_low = 0, spec.x_high = 1, spec.y_low = 0, spec.y_high = 3.4;
  const size_t last = ghost.seen[(states - 1) * n + place.digit] % kDigitClasses;
  spec.curves = {{"mean of all", c.theme().text, ghost.t.data(), ghost.mean_entropy.data(), states, 0, 2.2f},
                 {"this digit", c.theme().digits[last], ghost.t.data(), own.data(), states, 0, 2}};
  spec.marks = switch_marks(c, ghost, place.digit);
  spec.marks.push_back({"", fade(c.theme().accent, 0.9f), c.view.t, 2});
  PlotState& state = c.cache.plots["lab.ghost.entropy"];
  plot(c.ui, parts.body, state, spec);
  click_moves_t(c, state);
}

void draw_decided(const PanelContext& c, const LabGhost& ghost) {
  const CardBody parts =
      card(c.ui, c.area, {"lab.ghost.decided", "How many are decided?", "% of the digits", "", {}});
  std::vector<float> share;
  for (const float t : ghost.t) {
    const auto done =
        std::count_if(ghost.decided.begin(), ghost.decided.end(), [t](float d) { return d <= t; });
    share.push_back(100 * static_cast<float>(done) / static_cast<float>(ghost.digits));
  }
  PlotSpec spec;
  spec.info = {
      "lab.ghost.share", "Decided digits",
      "Share of the digits whose most probable class no longer changes after this t. A click moves t.", "",
      ""};
  spec.x_unit = "t", spec.y_unit = "%";
  spec.x_low = 0, spec.x_high = 1, spec.y_low = 0, spec.y_high = 102;
  spec.curves = {{"decided", c.theme().flow, ghost.t.data(), share.data(), share.size(), 0, 2.2f}};
  spec.marks = {{"", fade(c.theme().accent, 0.9f), c.view.t, 2}};
  PlotState& state = c.cache.plots["lab.ghost.share"];
  plot(c.ui, parts.body, state, spec);
  click_moves_t(c, state);
}

}  // namespace

static void upload_ghost(const PanelContext& c, const LabGhost& found) {
  if (!lab_pictures_change(c)) return;
  const uint64_t version = c.snapshot.lab->version;
  const size_t pictures = found.t.size() * static_cast<size_t>(found.digits);
  c.cache.lab_states.set(found.states.data(), pictures, version);
  c.cache.lab_guesses.set(found.guesses.data(), pictures, version);
}

void draw_lab_ghost(const PanelContext& c) {
  const auto ghost = c.snapshot.lab->as<LabGhost>();
  if (ghost) upload_ghost(c, *ghost);
  const bool ready = ghost && ghost->digits > 0;
  const bool narrow = c.area.w / c.ui.scale < 820, low = c.area.h / c.ui.scale < 520;
  Rect area = c.area;
  const Rect below = ready ? area.take_bottom(std::floor(area.h * (low ? 0.44f : 0.4f)), c.px(12)) : Rect{};
  const std::string unit = ready ? counted(ghost->digits, "digit") + ", the preview's noise" : "";
  const CardBody parts = lab_card(c.within(area), unit, ready ? answer(*ghost) : "", label_chips(c));
  if (parts.clicked >= 0) c.view.set(lab_argument_key("ghost", "unlabelled"), parts.clicked == 1);
  if (lab_waits(c, parts.body, ready)) return;
  const Place place = place_of(c, *ghost);
  const auto halves = columns(parts.body, {1, 1}, c.px(18));
  draw_grid(c, halves[0], *ghost, place, false);
  draw_grid(c, halves[1], *ghost, place, true);
  const auto cards = narrow ? columns(below, {1, 1.2f}, c.px(12)) : columns(below, {1, 1.3f, 1}, c.px(12));
  draw_bars(c.within(cards[0]), *ghost, place);
  draw_commitment(c.within(cards[1]), *ghost, place);
  if (!narrow) draw_decided(c.within(cards[2]), *ghost);
}

}  // namespace lf
