// "What does a step cost?": error against evaluations for every solver, the pictures, and the adaptive steps.
#include "messages/lab_solvers.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "panels/lab_panels.h"
#include "widgets/image_grid.h"
#include "widgets/plot.h"
#include "widgets/text.h"

namespace lf {
namespace {

constexpr const char* kNfeKey = "lab.solvers.nfe";

/// One solver's points in the order of their evaluations.
struct SolverCurve {
  std::string solver;
  int order = 1;
  bool adaptive = false;
  std::vector<size_t> points;  ///< index into LabSolvers::points
  std::vector<float> nfe, error;
};

std::vector<SolverCurve> curves_of(const LabSolvers& found) {
  std::vector<SolverCurve> curves;
  for (size_t i = 0; i < found.points.size(); ++i) {
    const LabSolverPoint& p = found.points[i];
    auto at = std::find_if(curves.begin(), curves.end(),
                           [&](const SolverCurve& s) { return s.solver == p.solver; });
    if (at == curves.end()) at = curves.insert(curves.end(), {p.solver, p.order, p.adaptive, {}, {}, {}});
    at->points.push_back(i);
    at->nfe.push_back(static_cast<float>(p.nfe));
    at->error.push_back(static_cast<float>(std::max(p.error, 1e-9)));
  }
  return curves;
}

Color solver_colour(const PanelContext& c, size_t index) {
  constexpr size_t kPlaces[] = {0, 1, 2, 3, 6, 8, 9};  // digit colours that differ most from each other
  return c.theme().digits[kPlaces[index % std::size(kPlaces)]];
}

int64_t chosen_nfe(const PanelContext& c) {
  const std::string text = c.view.text(kNfeKey, "8");
  return std::max<int64_t>(1, std::strtoll(text.c_str(), nullptr, 10));
}

/// The curve's point that spends most of `nfe` evaluations without exceeding it; −1 when none does.
int point_at(const LabSolvers& found, const SolverCurve& curve, int64_t nfe) {
  int best = -1;
  for (const size_t i : curve.points) {
    const int64_t spent = found.points[i].nfe;
    if (spent <= nfe && (best < 0 || spent > found.points[static_cast<size_t>(best)].nfe))
      best = static_cast<int>(i);
  }
  return best;
}

std::string answer(const LabSolvers& found, const std::vector<SolverCurve>& curves, int64_t nfe) {
  int best = -1;
  for (const SolverCurve& curve : curves) {
    const int i = curve.adaptive ? -1 : point_at(found, curve, nfe);
    if (i >= 0 && (best < 0 || found.points[static_cast<size_t>(i)].error <
                                   found.points[static_cast<size_t>(best)].error))
      best = i;
  }
  if (best < 0) return "";
  const LabSolverPoint& p = found.points[static_cast<size_t>(best)];
  return "With at most " + counted(nfe, "evaluation") + " " + p.solver +
         " comes closest: " + short_number(p.error, 2) + " off per coordinate (latents have deviation 1), " +
         fixed(100 * p.pixel_error, 1) + " % per pixel.";
}

/// The line that an order promises, through the curve's own middle point.
struct Slope {
  float nfe[2], error[2];
};

Slope expected(const SolverCurve& curve) {
  size_t middle = curve.nfe.size() / 2;
  const float n = curve.nfe[middle], e = curve.error[middle];
  const float from = curve.nfe.front(), to = curve.nfe.back();
  const auto at = [&](float x) { return e * std::pow(n / x, static_cast<float>(curve.order)); };
  return {{from, to}, {at(from), std::max(at(to), 1e-8f)}};
}

void draw_front(const PanelContext& c, const Rect& area, const LabSolvers&,
                const std::vector<SolverCurve>& curves) {
  PlotSpec spec;
  spec.info = {
      "lab.solvers.front", "Error by evaluations",
      "RMS distance of x(1) from the reference, per coordinate. Thin: the slope that the solver's order "
      "promises. A click chooses the number of evaluations for the pictures.",
      "", ""};
  spec.x_unit = "evaluations", spec.y_unit = "error";
  spec.log_x = spec.log_y = true;
  float most_nfe = 64;
  for (const SolverCurve& curve : curves) most_nfe = std::max(most_nfe, curve.nfe.back());
  spec.x_low = 0.9, spec.x_high = 1.15 * most_nfe;
  float least = 1;
  for (const SolverCurve& curve : curves)
    least = std::min(least, *std::min_element(curve.error.begin(), curve.error.end()));
  spec.y_low = 0.4 * least, spec.y_high = 2;
  std::vector<Slope> slopes(curves.size());
  const bool with_slopes = c.view.on("lab.solvers.slopes", true);
  for (size_t i = 0; i < curves.size(); ++i) {
    PlotCurve curve{curves[i].solver,
                    solver_colour(c, i),
                    curves[i].nfe.data(),
                    curves[i].error.data(),
                    curves[i].nfe.size(),
                    0,
                    2};
    curve.dots = true;
    spec.curves.push_back(curve);
  }
  const size_t solid = spec.curves.size();
  for (size_t i = 0; with_slopes && i < curves.size(); ++i) {
    if (curves[i].adaptive || curves[i].nfe.size() < 3) continue;
    slopes[i] = expected(curves[i]);
    PlotCurve line{"", solver_colour(c, i), slopes[i].nfe, slopes[i].error, 2, 0, 1};
    line.dashed = true;
    spec.curves.push_back(line);
  }
  spec.marks = {{counted(chosen_nfe(c), "evaluation"), fade(c.theme().accent, 0.9f),
                 static_cast<double>(chosen_nfe(c)), 2}};
  PlotState& state = c.cache.plots["lab.solvers.front"];
  for (size_t i = solid; i < spec.curves.size(); ++i) spec.curves[i].in_legend = false;
  plot(c.ui, area, state, spec);
  if (!state.clicked) return;
  const double power = std::round(std::log2(std::max(1.0, state.hover_x)));
  c.view.set(kNfeKey, std::to_string(1 << std::clamp(static_cast<int>(power), 0, 6)));
}

/// A row of pictures with its solver, and what it gets wrong.
void draw_row(const PanelContext& c, Rect row, const LabSolvers& found, int index, const std::string& name,
              Color colour, bool difference) {
  const Rect label = row.take_left(c.px(row.h < c.px(38) ? 200 : 134), c.px(6));
  const float y = label.center().y;
  const float half = std::min(c.px(10), 0.4f * label.h);
  draw()->AddRectFilled({label.x, y - half}, {label.x + c.px(3), y + half}, colour, c.px(1));
  std::string second = "the reference";
  if (index >= 0) {
    const LabSolverPoint& p = found.points[static_cast<size_t>(index)];
    second = counted(p.nfe, "evaluation") + " · " + fixed(100 * p.pixel_error, 1) + " %";
  }
  const Rect words{label.x + c.px(10), label.y, label.w - c.px(10), label.h};
  if (row.h < c.px(38)) {  // room for one line
    draw_text(c.ui, words, Type::Small, c.theme().text, index < 0 ? name : name + " · " + second);
  } else {
    draw_text(c.ui, {words.x, y - c.px(18), words.w, c.px(18)}, Type::Strong, c.theme().text, name);
    draw_text(c.ui, {words.x, y, words.w, c.px(16)}, Type::Small, c.theme().text2, second);
  }
  const auto shown = static_cast<size_t>(found.shown);
  const float gap = c.px(5), side = std::min(row.h - gap, (row.w - gap * static_cast<float>(shown - 1)) /
                                                              static_cast<float>(shown));
  const size_t first = (index >= 0 ? static_cast<size_t>(index) : found.points.size()) * shown;
  for (size_t i = 0; i < shown; ++i) {
    const Rect cell{row.x + static_cast<float>(i) * (side + gap), row.center().y - 0.5f * side, side, side};
    if (difference && index >= 0)
      difference_tile(c.ui, cell, c.cache.lab_differences, first + i);
    else
      digit_tile(c.ui, cell, c.cache.lab_pictures, first + i, {});
  }
}

void draw_pictures(const PanelContext& c, const LabSolvers& found, const std::vector<SolverCurve>& curves) {
  const int64_t nfe = chosen_nfe(c);
  CardSpec spec{"lab.solvers.pictures", "The same noise", "by each solver; % off per pixel", "", {}};
  for (const int64_t n : {1, 2, 4, 8, 16, 32, 64}) {
    spec.chips.push_back({{"lab.solvers.nfe." + std::to_string(n), std::to_string(n),
                           "Pictures from at most " + counted(n, "evaluation") + " of the network.", "", ""},
                          n == nfe,
                          true});
  }
  spec.chips.push_back(
      {{"lab.solvers.difference", "difference",
        "What each solver draws too much (amber) or too little (blue), twice amplified.", "", ""},
       c.view.on("lab.solvers.difference", false),
       true});
  const CardBody parts = card(c.ui, c.area, spec);
  if (parts.clicked >= 0 && parts.clicked < 7) c.view.set(kNfeKey, std::to_string(1 << parts.clicked));
  if (parts.clicked == 7) c.view.flip("lab.solvers.difference", false);
  const bool difference = c.view.on("lab.solvers.difference", false);
  const auto slots = rows(parts.body, std::vector<float>(curves.size() + 1, 1), c.px(2));
  readout(
      c.ui, parts.body,
      {"lab.solvers.rows", "Pictures",
       "The same ten noises through each solver: how often it asked the network, and by how many percent of "
       "the ink its pictures are off on average.",
       std::to_string(curves.size()), ""});
  draw_row(c, slots[0], found, -1, found.reference, c.theme().text2, false);
  for (size_t i = 0; i < curves.size(); ++i) {
    const int index = point_at(found, curves[i], nfe);
    if (index >= 0) {
      draw_row(c, slots[i + 1], found, index, curves[i].solver, solver_colour(c, i), difference);
      continue;
    }
    draw_text(c.ui, slots[i + 1], Type::Small, c.theme().text2,
              curves[i].solver + " takes at least " +
                  counted(static_cast<int64_t>(curves[i].nfe.front()), "evaluation"));
  }
}

/// Accepted steps as blocks on the axis of t, rejected attempts above them in red.
void draw_attempts(const PanelContext& c, const LabSolvers& found) {
  const auto accepted = std::count_if(found.attempts.begin(), found.attempts.end(),
                                      [](const LabAttempt& a) { return a.accepted; });
  const auto rejected = static_cast<std::ptrdiff_t>(found.attempts.size()) - accepted;
  const std::string text = found.attempts.empty()
                               ? ""
                               : counted(accepted, "step") + " accepted, " + std::to_string(rejected) +
                                     " rejected at tolerance " + short_number(found.attempts_tolerance) +
                                     ": each as long as its error allows.";
  const CardBody parts =
      card(c.ui, c.area,
           {"lab.solvers.steps", "Where does an adaptive solver look closely?", "dopri5 along t", text, {}});
  Rect axis = parts.body.inset(c.px(8), 0);
  const Rect words = axis.take_bottom(c.px(18));
  draw_text(c.ui, words, Type::MonoSmall, c.theme().text2, "t = 0 · noise");
  draw_text(c.ui, words, Type::MonoSmall, c.theme().text2, "data · t = 1", Align::Right);
  readout(c.ui, axis,
          {"lab.solvers.attempts", "Adaptive steps",
           "Each block is a step; a red line above is an attempt whose error was too large, so that it "
           "was tried again shorter.",
           std::to_string(found.attempts.size()), ""});
  const float top = axis.center().y, height = std::min(c.px(26), 0.5f * axis.h);
  size_t index = 0;
  float lift = 0;
  for (const LabAttempt& a : found.attempts) {
    const float x0 = axis.x + a.from * axis.w, x1 = axis.x + a.to * axis.w;
    if (a.accepted) {
      const Color colour = mix(c.theme().noise, c.theme().data, a.from);
      draw()->AddRectFilled({x0 + 1, top}, {std::max(x0 + 2, x1 - 1), top + height},
                            fade(colour, index++ % 2 ? 0.75f : 0.95f), c.px(2));
      lift = 0;
    } else {
      lift += c.px(6);
      draw()->AddRectFilled({x0, top - lift - c.px(3)}, {x1, top - lift}, c.theme().error, c.px(1));
    }
  }
  const float now = axis.x + c.view.t * axis.w;
  draw()->AddLine({now, axis.y}, {now, axis.bottom()}, c.theme().accent, c.px(2));
}

}  // namespace

void draw_lab_solvers(const PanelContext& c) {
  const auto& found = c.snapshot.lab->solvers;
  const bool ready = found && !found->points.empty();
  const auto curves = ready ? curves_of(*found) : std::vector<SolverCurve>{};
  const bool narrow = c.area.w / c.ui.scale < 820, low = c.area.h / c.ui.scale < 480;
  Rect area = c.area, right, below;
  if (ready && narrow) right = area.take_bottom(std::floor(area.h * 0.5f), c.px(12));
  if (ready && !narrow) {
    if (!low) below = area.take_bottom(c.px(132), c.px(12));
    right = area.take_right(std::floor(area.w * 0.52f), c.px(12));
  }
  const std::vector<CardChip> chips{
      {{"lab.solvers.slopes", "slopes", "Thin lines of the slope that each solver's order promises.", "", ""},
       c.view.on("lab.solvers.slopes", true),
       true}};
  const CardBody parts = lab_card(c.within(area), "error by evaluations of the network",
                                  ready ? answer(*found, curves, chosen_nfe(c)) : "", chips);
  if (parts.clicked == 0) c.view.flip("lab.solvers.slopes", true);
  if (lab_waits(c, parts.body, ready)) return;
  draw_front(c, parts.body, *found, curves);
  draw_pictures(c.within(right), *found, curves);
  if (!below.empty()) return draw_attempts(c.within(below), *found);
  c.ui.map.add_hidden("lab.solvers.attempts", "Adaptive steps", "Shown in larger windows.");
}

}  // namespace lf
