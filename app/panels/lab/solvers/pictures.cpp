// The images of each solver from the same noise, and the steps of an adaptive one.
#include <algorithm>
#include <cmath>

#include "panels/lab/solvers/parts.h"
#include "widgets/image/grid.h"
#include "widgets/text/text.h"

namespace lf::app::panels {
namespace {

/// A row of images with its solver and its error.
void draw_row(const PanelContext& c, Rect row, const LabSolvers& found, int index, const std::string& name,
              Color colour, bool difference) {
  const Rect label = row.take_left(c.px(row.h < c.px(38) ? 200 : 134), c.px(6));
  const float y = label.center().y;
  const float half = std::min(c.px(10), 0.4f * label.h);
  draw()->AddRectFilled({label.x, y - half}, {label.x + c.px(3), y + half}, colour, c.px(1));
  std::string second = "the reference";
  if (index >= 0) {
    const LabSolverPoint& p = found.points[static_cast<size_t>(index)];
    second = std::to_string(p.nfe) + " NFE · " + fixed(100 * p.pixel_error, 1) + " %";
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

}  // namespace

void draw_solver_pictures(const PanelContext& c, const LabSolvers& found,
                          const std::vector<SolverCurve>& curves) {
  const int64_t nfe = chosen_evaluations(c);
  CardSpec spec{"lab.solvers.pictures", "Images by solver", "the same noise; % error per pixel", "", {}};
  for (const int64_t n : {1, 2, 4, 8, 16, 32, 64}) {
    spec.chips.push_back({{"lab.solvers.nfe." + std::to_string(n), std::to_string(n),
                           "Images from at most " + counted(n, "function evaluation") + ".", "", ""},
                          n == nfe,
                          true});
  }
  spec.chips.push_back(
      {{"lab.solvers.difference", "difference",
        "Error of each solver, amplified twice: amber is too much ink, blue too little.", "", ""},
       c.view.on("lab.solvers.difference", false),
       true});
  const CardBody parts = card(c.ui, c.area, spec);
  if (parts.clicked >= 0 && parts.clicked < 7) choose_evaluations(c, std::to_string(1 << parts.clicked));
  if (parts.clicked == 7) c.view.flip("lab.solvers.difference", false);
  const bool difference = c.view.on("lab.solvers.difference", false);
  const auto slots = rows(parts.body, std::vector<float>(curves.size() + 1, 1), c.px(2));
  readout(c.ui, parts.body,
          {"lab.solvers.rows", "Images by solver",
           "The same ten noise samples with each solver. Beside its name: function evaluations (NFE) and "
           "mean error of the images, in percent of the ink.",
           std::to_string(curves.size()), ""});
  draw_row(c, slots[0], found, -1, found.reference, c.theme().text2, false);
  for (size_t i = 0; i < curves.size(); ++i) {
    const int index = point_at(found, curves[i], nfe);
    if (index >= 0) {
      draw_row(c, slots[i + 1], found, index, curves[i].solver, solver_colour(c, i), difference);
      continue;
    }
    draw_text(c.ui, slots[i + 1], Type::Small, c.theme().text2,
              curves[i].solver + " needs at least " +
                  counted(static_cast<int64_t>(curves[i].nfe.front()), "function evaluation"));
  }
}

/// Accepted steps as blocks on the axis of t, rejected attempts above them in red.
void draw_adaptive_steps(const PanelContext& c, const LabSolvers& found) {
  const auto accepted = std::count_if(found.attempts.begin(), found.attempts.end(),
                                      [](const LabAttempt& a) { return a.accepted; });
  const auto rejected = static_cast<std::ptrdiff_t>(found.attempts.size()) - accepted;
  const std::string text = found.attempts.empty()
                               ? ""
                               : counted(accepted, "step") + " accepted, " + std::to_string(rejected) +
                                     " rejected at tolerance " + short_number(found.attempts_tolerance) +
                                     ". The error limits the length of each step.";
  const CardBody parts =
      card(c.ui, c.area, {"lab.solvers.steps", "Adaptive steps", "dopri5 along t", text, {}});
  Rect axis = parts.body.inset(c.px(8), 0);
  const Rect words = axis.take_bottom(c.px(18));
  draw_text(c.ui, words, Type::MonoSmall, c.theme().text2, "t = 0 · noise");
  draw_text(c.ui, words, Type::MonoSmall, c.theme().text2, "data · t = 1", Align::Right);
  readout(c.ui, axis,
          {"lab.solvers.attempts", "Adaptive steps",
           "Each block is a step of the solver. A red line above it is a rejected attempt: the error was too "
           "large, and a shorter step followed.",
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

}  // namespace lf::app::panels
