// Three couplings of one batch: lines from noise to digit, their cost, and whether noise depends on
// the class.
#include <algorithm>
#include <cmath>

#include "base/classes.h"
#include "panels/actions.h"
#include "panels/lab/coupling/parts.h"
#include "widgets/plot/class_bars.h"
#include "widgets/plot/scatter_map.h"
#include "widgets/text/text.h"

namespace lf::app::panels {
namespace {

constexpr size_t kLines = 80;
constexpr const char* kBatches[] = {"64", "256", "512"};

struct LawWords {
  const char *law, *name, *meaning;
};
constexpr LawWords kLaws[] = {
    {"independent", "Independent",
     "Independent coupling: every digit gets random noise, as in normal training."},
    {"transport", "Optimal transport",
     "Minibatch optimal transport: the pairs of the batch have the smallest sum of squared distances."},
    {"transport-by-digit", "OT within classes",
     "Optimal transport within each class: the noise stays independent of the class."}};

const LabPairing* pairing_of(const LabCoupling& found, const std::string& law) {
  for (const LabPairing& p : found.pairings) {
    if (p.law == law) return &p;
  }
  return nullptr;
}

double shorter(const LabCoupling& found, const LabPairing& p) {
  return 100 * (1 - p.cost / found.pairings.front().cost);
}

std::string answer(const LabCoupling& found) {
  const LabPairing *all = pairing_of(found, "transport"), *own = pairing_of(found, "transport-by-digit");
  if (!all || !own) return "";
  return "OT saves " + fixed(shorter(found, *all), 0) + " % of the squared distance, with a class bias of " +
         fixed(all->skew, 0) + " standard deviations. OT within classes saves " +
         fixed(shorter(found, *own), 0) + " % (bias " + fixed(own->skew, 1) + ").";
}

/// Pairs as paths with two ends: the head moves from noise to digit with t.
std::vector<ScatterPath> lines_of(const PanelContext& c, const LabCoupling& found,
                                  const LabPairing& pairing) {
  std::vector<ScatterPath> lines(found.labels.size());
  for (size_t i = 0; i < lines.size(); ++i) {
    const auto row = static_cast<size_t>(pairing.noise_row[i]);
    lines[i].colour = c.theme().digits[found.labels[i] % kClasses];
    lines[i].quiet = i >= kLines;
    lines[i].points = {{found.noise[2 * row], found.noise[2 * row + 1]},
                       {found.latents[2 * i], found.latents[2 * i + 1]}};
  }
  return lines;
}

/// The mean noise of each class: at the same place if noise is independent of the class.
void draw_class_means(const PanelContext& c, const LabCoupling& found, const LabPairing& pairing,
                      const ScatterResult& map, const Rect& area) {
  double x[kClasses] = {}, y[kClasses] = {}, n[kClasses] = {};
  for (size_t i = 0; i < found.labels.size(); ++i) {
    const size_t k = found.labels[i] % kClasses, row = static_cast<size_t>(pairing.noise_row[i]);
    x[k] += found.noise[2 * row], y[k] += found.noise[2 * row + 1], n[k] += 1;
  }
  draw()->PushClipRect(area.min(), area.max(), true);
  for (size_t k = 0; k < kClasses; ++k) {
    if (n[k] < 1) continue;
    const float half = c.px(9);
    const float px = map.origin.x + static_cast<float>(x[k] / n[k]) * map.pixels,
                py = map.origin.y - static_cast<float>(y[k] / n[k]) * map.pixels;
    const Rect box{px - half, py - half, 2 * half, 2 * half};
    draw()->AddRectFilled(box.min(), box.max(), c.theme().card, half);
    draw()->AddRect(box.min(), box.max(), c.theme().digits[k], half, 0, c.px(1.6f));
    draw_text(c.ui, box, Type::Small, c.theme().text, std::to_string(k), Align::Center);
  }
  draw()->PopClipRect();
}

void draw_pairs(const PanelContext& c, const Rect& area, const LabCoupling& found, const LawWords& words) {
  const LabPairing* pairing = pairing_of(found, words.law);
  if (!pairing) return;
  const auto lines = lines_of(c, found, *pairing);
  ScatterSpec spec;
  spec.info = {std::string("lab.coupling.pairs.") + words.law, words.name,
               std::string(words.meaning) +
                   " Dots move from noise (rings) to latents on the two class axes, and numerals mark each "
                   "class's mean noise. " +
                   std::to_string(kLines) + " pairs have lines; scroll to zoom, drag to pan.",
               fixed(pairing->cost, 2), ""};
  spec.paths = &lines;
  spec.state = c.view.t;
  // One state for all three: they zoom together.
  const ScatterResult r = scatter_map(c.ui, area, c.cache.maps["lab.coupling.pairs"], spec);
  draw_class_means(c, found, *pairing, r, area);
}

std::string cost_words(const LabCoupling& found, const LabPairing& p) {
  const double less = shorter(found, p);
  return "squared distance " + fixed(p.cost, 1) + (less > 0.05 ? " (−" + fixed(less, 0) + " %)" : "") +
         "; class bias of the noise " + fixed(p.skew, 1) + " standard deviations";
}

/// The batch size, selected in the head of the costs.
std::vector<CardChip> batch_chips(const PanelContext& c) {
  std::vector<CardChip> chips;
  const std::string batch = c.view.text(lab_argument_key("coupling", "batch"), "256");
  for (const char* size : kBatches)
    chips.push_back({{std::string("lab.coupling.batch.") + size, size,
                      std::string("Batches of ") + size +
                          " pairs. The larger the batch, the shorter the distances that OT finds.",
                      "", ""},
                     batch == size,
                     true});
  return chips;
}

/// A statistic of the couplings as bars.
struct BarsOf {
  const char *id, *title, *unit, *tooltip;
  double LabPairing::*figure;
};
constexpr BarsOf kCost{
    "cost", "Squared distance", "per pair",
    "Squared distance from noise to latent, summed over 64 coordinates, mean over batches. Independent "
    "coupling has 64 for the noise plus 64 for the latents.",
    &LabPairing::cost};
constexpr BarsOf kSkew{
    "skew", "Class bias of the noise", "standard deviations",
    "Distance between the mean noise of the classes, in standard deviations under independent coupling. "
    "If it is large, sampling starts from noise that training never paired with the class.",
    &LabPairing::skew};

/// One bar per coupling. Returns the clicked chip.
int draw_bars(const PanelContext& c, const LabCoupling& found, const BarsOf& what,
              const std::vector<CardChip>& chips) {
  const std::string name = std::string("lab.coupling.") + what.id;
  const CardBody parts = card(c.ui, c.area, {name, what.title, what.unit, "", chips});
  ClassBarsSpec bars;
  bars.info = {name + ".bars", what.title, what.tooltip, "", ""};
  bars.labels = {"independent", "transport", "within classes"};
  bars.colours = {c.theme().noise, c.theme().flow, c.theme().data};
  double most = 1e-6;
  for (const LabPairing& pairing : found.pairings) {
    const double value = pairing.*what.figure;
    bars.values.push_back(std::max(0.0, value));
    bars.figures.push_back(fixed(value, 1));
    most = std::max(most, value);
  }
  bars.high = 1.2 * most;
  class_bars(c.ui, parts.body, bars);
  return parts.clicked;
}

/// The coupling of the next run.
void draw_choice(const PanelContext& c, const LabCoupling& found) {
  const CardBody parts =
      card(c.ui, c.area, {"lab.coupling.train", "Coupling of the next run", "setting flow.coupling", "", {}});
  Rect body = parts.body;
  const std::string chosen = c.snapshot.settings->values.flow.coupling;
  for (const LawWords& words : kLaws) {
    const ControlInfo info{std::string("lab.coupling.train.") + words.law, words.name, words.meaning, "", ""};
    Rect line = body.take_top(chip_height(c.ui), c.px(6));
    if (chip(c.ui, line.take_left(std::min(line.w, chip_width(c.ui, words.name))), info, chosen == words.law))
      set_setting(c, setting_key(&FlowSettings::coupling), words.law);
  }
  const std::string now = found.trained_with == "reflow"        ? "from a reflow"
                          : found.trained_with == "independent" ? "from independent coupling"
                                                                : "from " + found.trained_with;
  const std::string words =
      "The current flow was trained on pairs " + now + ". The next new run uses the coupling selected above.";
  if (body.h >= paragraph_height(c.ui, body.w, Type::Small, words))
    draw_paragraph(c.ui, body, Type::Small, c.theme().text2, words);
}

/// The three maps at one scale: all contain the same points, so equal areas give equal scales.
void draw_maps(const PanelContext& c, const std::vector<Rect>& bodies, const LabCoupling& found) {
  float w = 1e9f, h = 1e9f;
  for (const Rect& body : bodies) w = std::min(w, body.w), h = std::min(h, body.h);
  for (size_t i = 0; i < bodies.size(); ++i) {
    const Rect& body = bodies[i];
    draw_pairs(c, {body.center().x - 0.5f * w, body.y, w, h}, found, kLaws[i]);
  }
}

}  // namespace

void draw_pairings(const PanelContext& c, const LabCoupling* found) {
  const bool ready = found && found->pairings.size() == std::size(kLaws);
  const bool narrow = c.area.w / c.ui.scale < 1000, low = c.area.h / c.ui.scale < 520;
  Rect area = c.area, below;
  std::vector<Rect> others;
  if (ready) {
    below = area.take_bottom(std::floor((low ? 0.38f : 0.28f) * area.h), c.px(12));
    // The first card is wider: its chips and its result need room.
    const auto cards = columns(area, {narrow ? 1.6f : 1.3f, 1, 1}, c.px(12));
    area = cards[0];
    others = {cards[1], cards[2]};
  }
  const std::string unit = ready ? "with independent coupling" : "";
  const CardBody parts = lab_card(c.within(area), unit, ready ? answer(*found) : "", coupling_view_chips(c));
  coupling_view_clicked(c, parts.clicked);
  if (lab_waits(c, parts.body, ready)) return;
  std::vector<Rect> bodies{parts.body};
  for (size_t i = 1; i < std::size(kLaws); ++i) {
    const LabPairing* p = pairing_of(*found, kLaws[i].law);
    const CardBody other = card(
        c.ui, others[i - 1],
        {std::string("lab.coupling.card.") + kLaws[i].law, kLaws[i].name, "", cost_words(*found, *p), {}});
    bodies.push_back(other.body);
  }
  draw_maps(c, bodies, *found);
  const auto cards = columns(below, {1, 1, 1.1f}, c.px(12));
  const int batch = draw_bars(c.within(cards[0]), *found, kCost, batch_chips(c));
  if (batch >= 0) c.view.set(lab_argument_key("coupling", "batch"), std::string(kBatches[batch]));
  draw_bars(c.within(cards[1]), *found, kSkew, {});
  draw_choice(c.within(cards[2]), *found);
}

}  // namespace lf::app::panels
