// Time grid: the steps, the warp that makes them, the local error, and the images beside those of
// equal steps.
#include <algorithm>
#include <cmath>

#include "base/errors.h"
#include "base/image_sheet.h"
#include "lab/time_grid/result.h"
#include "lab/tools.h"
#include "panels/lab/panels.h"
#include "panels/lab/time_grid/axis.h"
#include "panels/lab/time_grid/pictures.h"
#include "widgets/control/slider.h"
#include "widgets/plot/plot.h"
#include "widgets/text/text.h"

namespace lf::app::panels {
namespace {

constexpr const char* kTool = "time-grid";

std::string key(const char* argument) { return lab_argument_key(kTool, argument); }

/// The request to the worker.
LabArguments asked(const PanelContext& c) {
  const LabToolInfo& tool = lab_tool(kTool);
  std::map<std::string, std::string> values;
  for (const LabArgument& argument : tool.arguments)
    values[argument.key] = c.view.text(key(argument.key), argument.initial);
  try {
    return lab_arguments(tool, values);
  } catch (const InputError&) {  // a state stored by another version of the program
    return lab_arguments(tool, {});
  }
}

/// The boundaries at the handles: those requested, before they are solved.
std::vector<double> handles_of(const LabArguments& arguments, const LabTimeGrid& found) {
  if (arguments.on("equalise")) return found.present.times;
  try {
    return named_time_grid(arguments);
  } catch (const InputError&) {
    return found.present.times;
  }
}

void ask_warp(const PanelContext& c, double warp) {
  c.view.set(key("times"), std::string());
  c.view.set(key("warp"), short_number(warp, 3));
  c.view.set(key("equalise"), false);
}

std::string answer(const LabTimeGrid& found) {
  const auto steps = static_cast<int64_t>(found.present.times.size()) - 1;
  std::string text = counted(steps, "step") + ", " + counted(found.nfe, "function evaluation") + ": error " +
                     short_number(found.present.error, 2) +
                     " per coordinate (latents have standard deviation 1)";
  if (!found.equal.times.empty()) text += "; equal steps " + short_number(found.equal.error, 2);
  if (!found.equalised.times.empty()) text += ", equalised " + short_number(found.equalised.error, 2);
  return text + ".";
}

/// Number of steps, solver, and the buttons that set all steps.
void draw_choices(const PanelContext& c, Rect line, const LabArguments& arguments, size_t steps) {
  const Rect words = line.take_left(text_size(c.ui, Type::Small, "steps").x, c.px(6));
  draw_text(c.ui, words, Type::Small, c.theme().text2, "steps");
  double count = static_cast<double>(steps);
  NumberSpec number;
  number.info = {"lab.time-grid.steps", "Steps",
                 "Number of steps. Drag it, or click and type; the boundaries are placed again.", "", ""};
  number.value = count, number.low = 1, number.high = kMostGridSteps, number.integer = true;
  if (number_field(c.ui, line.take_left(c.px(44), c.px(10)), number, count)) {
    c.view.set(key("steps"), std::to_string(static_cast<int>(count)));
    c.view.set(key("times"), std::string());
  }
  for (const std::string& solver : lab_tool(kTool).arguments[2].choices) {
    const ControlInfo info{"lab.time-grid.solver." + solver, solver, "Solve with " + solver + ".", "", ""};
    const Rect place = line.take_left(chip_width(c.ui, solver), c.px(4));
    if (chip(c.ui, place, info, arguments.text("solver") == solver)) c.view.set(key("solver"), solver);
  }
}

void draw_local_error(const PanelContext& c, const LabTimeGrid& found, const std::vector<double>& handles) {
  const bool known = !found.local_error.empty();
  std::string text;
  if (known) {
    const auto most = std::max_element(found.local_error.begin(), found.local_error.end());
    text = "The local error is largest at t = " +
           fixed(found.t[static_cast<size_t>(most - found.local_error.begin())], 2) +
           "; errors of later steps may cancel it.";
  }
  const CardBody parts = card(c.ui, c.area,
                              {"lab.time-grid.local",
                               "Local error by time",
                               known ? "error per unit of t; " + found.solver : "",
                               text,
                               {}});
  if (!known)
    return empty_state(c.ui, parts.body, "Measuring", "The local error of this solver follows in a moment.");
  PlotSpec spec;
  spec.info = {
      "lab.time-grid.error", "Local error by time",
      "RMS error of one step of " + short_number(found.probe, 2) +
          " that begins on the reference, divided by its length. Lines are the boundaries of the steps. A "
          "click moves t.",
      "", ""};
  spec.x_unit = "t", spec.y_unit = "error per unit of t", spec.legend = false, spec.log_y = true;
  spec.x_low = 0, spec.x_high = 1;
  const auto [least, most] = std::minmax_element(found.local_error.begin(), found.local_error.end());
  spec.y_low = 0.6 * std::max(*least, 1e-7f), spec.y_high = 1.6 * std::max(*most, 1e-6f);
  spec.curves = {
      {"local error", c.theme().error, found.t.data(), found.local_error.data(), found.t.size(), 0, 2}};
  for (size_t i = 1; i + 1 < handles.size(); ++i)
    spec.marks.push_back({"", fade(c.theme().text2, 0.5f), handles[i], 1});
  spec.marks.push_back({"", fade(c.theme().accent, 0.9f), c.view.t, 2});
  PlotState& state = c.cache.plots["lab.time-grid.error"];
  plot(c.ui, parts.body, state, spec);
  click_moves_t(c, state);
}

/// Boundaries by the number of the step, as a line with dots.
void draw_grid_line(const PanelContext& c, const Rect& box, const std::vector<double>& times, Color colour,
                    float width, bool dots) {
  std::vector<ImVec2> points;
  for (size_t i = 0; i < times.size(); ++i)
    points.push_back({box.x + box.w * static_cast<float>(i) / static_cast<float>(times.size() - 1),
                      box.bottom() - box.h * static_cast<float>(times[i])});
  draw()->AddPolyline(points.data(), static_cast<int>(points.size()), colour, 0, width);
  for (size_t i = 0; dots && i < points.size(); ++i)
    draw()->AddCircleFilled(points[i], c.px(3.2f), colour, 16);
}

void draw_warp(const PanelContext& c, const LabArguments& arguments, const LabTimeGrid& found,
               const std::vector<double>& handles) {
  const bool bent = arguments.text("times").empty() && !arguments.on("equalise");
  const CardBody parts = card(c.ui, c.area,
                              {"lab.time-grid.bend",
                               "Warp curve",
                               bent ? "t = u^" + short_number(arguments.number("warp"), 3)
                               : arguments.on("equalise") ? "equalised"
                                                          : "by hand",
                               "",
                               {}});
  Rect box = parts.body;
  const Rect foot = box.take_bottom(c.px(18)), left = box.take_left(c.px(16));
  draw_text(c.ui, {left.x, left.y, c.px(14), c.px(16)}, Type::MonoSmall, c.theme().text2, "t");
  draw_text(c.ui, {box.x, foot.y, box.w, foot.h}, Type::MonoSmall, c.theme().text2, "0");
  draw_text(c.ui, {box.x, foot.y, box.w, foot.h}, Type::MonoSmall, c.theme().text2,
            box.w > c.px(190) ? "u, share of the steps · 1" : "u · 1", Align::Right);
  box.take_top(c.px(5)), box.take_right(c.px(5));
  const Response r =
      control(c.ui, box,
              {"lab.time-grid.warp", "Warp curve",
               "Warp of the time grid: a share u of the steps lies before t = u^γ. Drag up for more steps "
               "near the digits, down for more near the noise. Green: the equalised grid.",
               arguments.text("warp"), ""});
  draw()->AddRect(box.min(), box.max(), c.theme().border);
  draw()->AddLine({box.x, box.bottom()}, {box.right(), box.y}, fade(c.theme().text2, 0.4f), 1);
  if (bent) {
    std::vector<double> curve;
    for (int i = 0; i <= 40; ++i) curve.push_back(std::pow(i / 40.0, arguments.number("warp")));
    draw_grid_line(c, box, curve, c.theme().accent, c.px(2), false);
  }
  if (found.equalised.times.size() > 1)
    draw_grid_line(c, box, found.equalised.times, fade(c.theme().good, 0.9f), c.px(1.6f), false);
  if (handles.size() > 1) draw_grid_line(c, box, handles, c.theme().accent, c.px(bent ? 0.5f : 2), true);
  if (!r.held && !r.clicked) return;
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  const double u = std::clamp((mouse.x - box.x) / box.w, 0.05f, 0.95f),
               t = std::clamp((box.bottom() - mouse.y) / box.h, 0.01f, 0.99f);
  ask_warp(c, std::clamp(std::log(t) / std::log(u), 0.25, 4.0));
}

std::vector<CardChip> head_chips(const PanelContext& c, const LabArguments& arguments) {
  const bool equalise = arguments.on("equalise");
  const bool equal = !equalise && arguments.text("times").empty() && arguments.number("warp") == 1;
  return {{{"lab.time-grid.equal", "equal steps", "Sets all steps to the same length.", "", ""}, equal, true},
          {{"lab.time-grid.equalise", "equalise",
            "Places the steps so that all have the same local error, with short steps where the "
            "trajectories bend. You can then drag the boundaries from there.",
            "", ""},
           equalise,
           true}};
}

}  // namespace

/// The current grid, equal steps, equalised ones and the reference; unknown ones stay empty.
static void upload_time_grid(const PanelContext& c, const LabTimeGrid& found) {
  if (!lab_pictures_change(c)) return;
  const uint64_t version = c.snapshot.lab->version;
  ImageSheet all, truth;
  for (const LabGrid* grid : {&found.present, &found.equal, &found.equalised}) {
    const auto& pictures =
        grid->pictures.holds(found.true_pictures.count()) ? grid->pictures : found.true_pictures;
    all.append(pictures);
    truth.append(found.true_pictures);
  }
  c.cache.lab_differences.set_difference(truth, all, version);
  all.append(found.true_pictures);
  c.cache.lab_pictures.set(all, version);
}

void draw_lab_time_grid(const PanelContext& c) {
  const auto found = c.snapshot.lab->as<LabTimeGrid>();
  if (found) upload_time_grid(c, *found);
  const bool ready = found && found->present.times.size() > 1;
  const LabArguments arguments = asked(c);
  const bool low = c.area.h / c.ui.scale < 480;
  Rect area = c.area, right, below;
  if (ready) {
    right = area.take_right(std::floor(area.w * 0.5f), c.px(12));
    below = area.take_bottom(std::floor(area.h * (low ? 0.42f : 0.45f)), c.px(12));
  }
  const CardBody parts = lab_card(c.within(area), ready ? counted(found->digits, "digit") : "",
                                  ready ? answer(*found) : "", head_chips(c, arguments));
  if (parts.clicked == 0) ask_warp(c, 1);
  if (parts.clicked == 1) c.view.set(key("equalise"), !arguments.on("equalise"));
  if (lab_waits(c, parts.body, ready)) return;
  const std::vector<double> handles = handles_of(arguments, *found);
  Rect body = parts.body;
  draw_choices(c, body.take_top(chip_height(c.ui), c.px(6)), arguments, handles.size() - 1);
  draw_time_axis(c.within(body), *found, handles);
  const auto cards = columns(below, {1.35f, 1}, c.px(12));
  draw_local_error(c.within(cards[0]), *found, handles);
  draw_warp(c.within(cards[1]), arguments, *found, handles);
  draw_grid_pictures(c.within(right), *found);
}

}  // namespace lf::app::panels
