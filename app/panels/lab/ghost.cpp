// Endpoint estimate: the state, the estimate, and the judge's confidence in it.
#include <algorithm>
#include <cmath>

#include "base/classes.h"
#include "lab/ghost/result.h"
#include "panels/lab/panels.h"
#include "panels/preview_time.h"
#include "widgets/image/grid.h"
#include "widgets/plot/class_bars.h"
#include "widgets/plot/plot.h"
#include "widgets/text/text.h"

namespace lf::app::panels {
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
std::string by_when(float t) { return t < 0.005f ? "at the start" : "by t = " + fixed(t, 2); }

std::string answer(const LabGhost& ghost) {
  std::vector<float> decided = ghost.decided;
  std::sort(decided.begin(), decided.end());
  const auto by = [&](double share) {
    return decided[static_cast<size_t>(std::ceil(share * static_cast<double>(decided.size()))) - 1];
  };
  const float half = by(0.5), most = by(0.9);
  return "Half of the digits have their final class " + by_when(half) + ", 90 % " + by_when(most) +
         ". On average, the class changes " +
         fixed(static_cast<double>(ghost.switches) / static_cast<double>(ghost.digits), 1) + " times.";
}

/// Conditional or unconditional sampling.
std::vector<CardChip> label_chips(const PanelContext& c) {
  const bool free = c.view.on(lab_argument_key("ghost", "unlabelled"), true);
  const std::string none = c.snapshot.run->labelled ? "" : "This network is unconditional.";
  return {{{"lab.ghost.asked", "with class label", "Samples with the preview's class labels.", "", none},
           !free,
           true},
          {{"lab.ghost.free", "unconditional",
            "Samples without a class label; the class is decided along the trajectory. Only this tool is "
            "affected.",
            "", none},
           free,
           true}};
}

void draw_grid(const PanelContext& c, Rect area, const LabGhost& ghost, const Place& place, bool guess) {
  const std::string when = state_words(c, ghost.t[place.state]);
  draw_text(c.ui, area.take_top(c.px(18), c.px(2)), Type::Small, c.theme().text2,
            guess                        ? "endpoint estimate, coloured by the classifier's class"
            : ghost.labels[0] < kClasses ? "state, " + when + ", coloured by class label"
                                         : "state, " + when);
  ImageGridSpec grid;
  const auto n = static_cast<size_t>(ghost.digits);
  grid.info = {guess ? "lab.ghost.guesses" : "lab.ghost.states",
               guess ? "Endpoint estimate at t" : "State at t",
               guess ? "One-step estimate of x₁ for each digit: the state plus (1 − t) times the "
                       "velocity. Click one to see its class below."
                     : "Each digit at this t. Click one to see its class below.",
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
      label < kClasses ? "conditioned on " + digit_with_article(label) : "unconditional";
  const CardBody parts =
      card(c.ui, c.area,
           {"lab.ghost.judge",
            "Class probabilities",
            asked,
            "Uncertainty " + fixed(ghost.entropy[at], 2) + " bits at " +
                state_words(c, ghost.t[place.state]) + "; 0 is certain, 3.32 is uniform over ten classes.",
            {}});
  ClassBarsSpec bars;
  bars.info = {"lab.ghost.bars", "Class probabilities",
               "The classifier's probability of each class for the endpoint estimate of the selected "
               "digit, in percent. A bit is the uncertainty of one yes-or-no question.",
               std::to_string(ghost.seen[at]), ""};
  for (size_t k = 0; k < kClasses; ++k) {
    const double p = ghost.probability[at * kClasses + k];
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
    marks.push_back({std::to_string(before) + "→" + std::to_string(now), c.theme().digits[now % kClasses],
                     ghost.t[s], 1.6f});
  }
  return marks;
}

void draw_commitment(const PanelContext& c, const LabGhost& ghost, const Place& place) {
  const auto n = static_cast<size_t>(ghost.digits), states = ghost.t.size();
  const float when = ghost.decided[place.digit];
  const std::string settled = when <= 0 ? "from the start" : "from t = " + fixed(when, 2) + " on";
  const CardBody parts =
      card(c.ui, c.area,
           {"lab.ghost.commitment",
            "Uncertainty by time",
            "bits, by t",
            "The selected digit stays " + digit_with_article(ghost.seen[(states - 1) * n + place.digit]) +
                " " + settled + ": its class no longer changes. Bits measure the classifier's uncertainty.",
            {}});
  std::vector<float> own;
  for (size_t s = 0; s < states; ++s) own.push_back(ghost.entropy[s * n + place.digit]);
  PlotSpec spec;
  spec.info = {"lab.ghost.entropy", "Uncertainty by time",
               "Entropy of the classifier's probabilities in bits: 0 is certain, 3.32 is uniform over ten "
               "classes. Lines: the mean of all digits and the selected one; vertical lines mark changes "
               "of its most probable class. A click moves t.",
               "", ""};
  spec.x_unit = "t", spec.y_unit = "bits";
  spec.x_low = 0, spec.x_high = 1, spec.y_low = 0, spec.y_high = 3.4;
  const size_t last = ghost.seen[(states - 1) * n + place.digit] % kClasses;
  spec.curves = {{"mean", c.theme().text, ghost.t.data(), ghost.mean_entropy.data(), states, 0, 2.2f},
                 {"this digit", c.theme().digits[last], ghost.t.data(), own.data(), states, 0, 2}};
  spec.curves[0].id = "mean of all";
  spec.marks = switch_marks(c, ghost, place.digit);
  spec.marks.push_back({"", fade(c.theme().accent, 0.9f), c.view.t, 2});
  PlotState& state = c.cache.plots["lab.ghost.entropy"];
  plot(c.ui, parts.body, state, spec);
  click_moves_t(c, state);
}

void draw_decided(const PanelContext& c, const LabGhost& ghost) {
  const CardBody parts =
      card(c.ui, c.area, {"lab.ghost.decided", "Decided digits", "% of the digits", "", {}});
  std::vector<float> share;
  for (const float t : ghost.t) {
    const auto done =
        std::count_if(ghost.decided.begin(), ghost.decided.end(), [t](float d) { return d <= t; });
    share.push_back(100 * static_cast<float>(done) / static_cast<float>(ghost.digits));
  }
  PlotSpec spec;
  spec.info = {"lab.ghost.share", "Decided digits",
               "Share of digits whose most probable class no longer changes after this t. A click moves t.",
               "", ""};
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
  c.cache.lab_states.set(found.states, version);
  c.cache.lab_guesses.set(found.guesses, version);
}

void draw_lab_ghost(const PanelContext& c) {
  const auto ghost = c.snapshot.lab->as<LabGhost>();
  if (ghost) upload_ghost(c, *ghost);
  const bool ready = ghost && ghost->digits > 0;
  const bool narrow = c.area.w / c.ui.scale < 820, low = c.area.h / c.ui.scale < 520;
  Rect area = c.area;
  const Rect below = ready ? area.take_bottom(std::floor(area.h * (low ? 0.44f : 0.4f)), c.px(12)) : Rect{};
  const std::string unit = ready ? counted(ghost->digits, "digit") + ", noise of the preview" : "";
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

}  // namespace lf::app::panels
