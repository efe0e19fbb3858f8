// The flow's trajectories, solved finely and with one, two and four steps, before and after a
// reflow.
#include <algorithm>
#include <cmath>

#include "base/classes.h"
#include "panels/lab/coupling/parts.h"
#include "widgets/control/button.h"
#include "widgets/control/facts.h"
#include "widgets/plot/scatter_map.h"
#include "widgets/text/text.h"

namespace lf::app::panels {
namespace {

bool compares(const LabCoupling& found) { return !found.before.points.empty(); }

std::string percent_pair(double before, double now, bool both, int decimals) {
  return (both ? fixed(before, decimals) + " → " : "") + fixed(now, decimals) + " %";
}

std::string reflow_answer(const LabCoupling& found) {
  const LabFlowWays &now = found.now, &before = found.before;
  if (now.few.empty()) return "";
  const double one = 100 * now.few[0].pixel_error;
  if (!compares(found) || before.few.empty())
    return "With one step, images differ by " + fixed(one, 1) +
           " % per pixel from the fine solution, with four steps by " +
           fixed(100 * now.few.back().pixel_error, 1) + " %. The trajectories are " +
           fixed(100 * now.detour, 1) + " % longer than straight lines.";
  return "With one step, images differed by " + fixed(100 * before.few[0].pixel_error, 1) +
         " % per pixel before the reflow, now by " + fixed(one, 1) + " %. The detour changed from " +
         fixed(100 * before.detour, 1) + " to " + fixed(100 * now.detour, 1) + " %.";
}

/// Trajectories of all digits: those before in grey, those now in the colour of their class.
void add_ways(const PanelContext& c, std::vector<ScatterPath>& to, const LabCoupling& found,
              const std::vector<float>& points, bool now) {
  const auto digits = static_cast<size_t>(found.digits);
  const size_t states = points.size() / (2 * digits);
  for (size_t i = 0; i < digits; ++i) {
    ScatterPath path;
    const uint8_t label = found.digit_labels[i];
    const Color own = label < kClasses ? c.theme().digits[label] : c.theme().flow;
    path.colour = now ? own : c.theme().text2;
    for (size_t s = 0; s < states; ++s) {
      const float* p = &points[2 * (i * states + s)];
      path.points.push_back({p[0], p[1]});
    }
    to.push_back(std::move(path));
  }
}

/// One map of trajectories; `before` may be null. All of them have the same number of states.
void draw_ways(const PanelContext& c, const Rect& area, const LabCoupling& found, const std::string& name,
               const std::string& label, const std::vector<float>* before, const std::vector<float>& now) {
  std::vector<ScatterPath> paths;
  if (before && before->size() == now.size()) add_ways(c, paths, found, *before, false);
  add_ways(c, paths, found, now, true);
  ScatterSpec spec;
  spec.info = {name, label,
               "Trajectories from the same noise (rings), in the plane of their largest variance. Colour: "
               "the current flow" +
                   std::string(before ? "; grey: the flow before the reflow" : "") +
                   ". Discs are the states at t; scroll to zoom, drag to pan.",
               counted(found.digits, "digit"), ""};
  spec.paths = &paths;
  const auto states = now.size() / (2 * static_cast<size_t>(found.digits));
  spec.state = c.view.t * static_cast<float>(states - 1);
  scatter_map(c.ui, area, c.cache.maps[name], spec);
}

/// Images of one solution, before (if known), then now. `row` counts solutions, the fine one last.
void draw_pictures(const PanelContext& c, const Rect& area, const LabCoupling& found, size_t row) {
  const size_t shown = static_cast<size_t>(found.shown), rows_each = found.now.few.size() + 1;
  const bool both = !found.before.pictures.empty();
  const auto lines = rows(area, both ? std::vector<float>{1, 1} : std::vector<float>{1}, c.px(3));
  for (size_t i = 0; i < lines.size(); ++i) {
    const bool now = i + 1 == lines.size();
    Rect line = lines[i];
    if (both)
      draw_text(c.ui, line.take_left(c.px(44), c.px(4)), Type::Small, now ? c.theme().text : c.theme().text2,
                now ? "now" : "before");
    const SquareGrid grid = square_grid(line, static_cast<int>(shown), c.px(2), 0, c.px(56));
    const size_t first = (now ? 0 : rows_each * shown) + row * shown;  // those of the current flow come first
    for (size_t k = 0; k < shown; ++k)
      digit_tile(c.ui, grid.cell(static_cast<int>(k)), c.cache.lab_pictures, first + k, {});
  }
}

/// The images' share of a card: a line for each flow, or all of it if there is no room for a map.
float pictures_height(const PanelContext& c, const LabCoupling& found, const Rect& body) {
  const float side = std::min(c.px(40), (body.w - c.px(48)) / static_cast<float>(found.shown) - c.px(2));
  const float height = (found.before.pictures.empty() ? 1 : 2) * (side + c.px(4));
  return body.h - height < c.px(90) ? body.h : height;
}

void draw_few(const PanelContext& c, const LabCoupling& found, size_t index) {
  const LabFewSteps& now = found.now.few[index];
  const bool both = compares(found) && found.before.few.size() > index;
  const std::string name = "lab.coupling.steps." + std::to_string(now.steps);
  const std::string title = counted(now.steps, "step");
  const CardBody parts = card(c.ui, c.area,
                              {name,
                               title + " of Euler",
                               both ? "grey before" : "",
                               "images differ by " +
                                   percent_pair(both ? 100 * found.before.few[index].pixel_error : 0,
                                                100 * now.pixel_error, both, 1) +
                                   " per pixel",
                               {}});
  Rect body = parts.body;
  const Rect pictures = body.take_bottom(pictures_height(c, found, body), c.px(6));
  draw_pictures(c, pictures, found, index);
  readout(c.ui, pictures,
          {name + ".pictures", title + ": images",
           "Ten digits from the same noise with " + title + " of Euler" +
               (both ? ": before the reflow above, now below." : "."),
           fixed(now.pixel_error, 4), ""});
  if (body.h <= 0) return c.ui.map.add_hidden(name + ".ways", title, "Shown in larger windows.");
  draw_ways(c, body, found, name + ".ways", title, both ? &found.before.few[index].points : nullptr,
            now.points);
}

/// Why a reflow cannot start; "" if it can.
std::string reflow_disabled(const RunBlock& run) {
  if (run.running) return "Training is running; pause it first.";
  if (run.phase == Phase::Evaluating || run.phase == Phase::Loading)
    return "Another task is running; wait a moment.";
  if (run.flow_step == 0) return "The flow is untrained; train it first.";
  return "";
}

std::string reflow_words(const RunBlock& run) {
  if (run.knows_before && run.running)
    return run.phase == Phase::Flow
               ? "Training on pairs of noise and generated digits: flow step " + grouped(run.flow_step) +
                     " of " + grouped(run.flow_total) + ". The charts follow."
               : sentence_case(run.message) + " The previous model is unchanged.";
  if (run.knows_before)
    return "Saved as the run " + run.model +
           ". Undo restores the previous model; the run stays in Runs. With many steps the quality falls; "
           "FD (in Runs) measures it.";
  const std::string again = run.reflows > 0 ? "A reflow has already trained this flow. " : "";
  return again +
         "Solves 10,000 trajectories and trains a copy of the flow on these pairs for 600 steps, as a new "
         "run. The new trajectories are straighter, so fewer steps suffice. With many steps the quality "
         "falls; FD (in Runs) measures it.";
}

void draw_button(const PanelContext& c, Rect body) {
  const RunBlock& run = *c.snapshot.run;
  const bool undo = run.undo_ends_reflow && !run.running;
  const char* label = run.reflows > 0 ? "Reflow again" : "Reflow";
  Rect line = body.take_bottom(c.px(34), c.px(8));
  if (button(c.ui, line.take_left(button_width(c.ui, label, {ButtonKind::Primary, Icon::None, ""}), c.px(8)),
             {"lab.coupling.reflow", label,
              "Solves 10,000 trajectories and trains a copy of the flow on these pairs, as a new run. The "
              "current model is kept: Undo restores it.",
              "", reflow_disabled(run)},
             {ButtonKind::Primary, Icon::None, ""}))
    c.send(ReflowCommand{});
  if (undo &&
      button(c.ui, line.take_left(button_width(c.ui, "Undo reflow", {ButtonKind::Plain, Icon::None, ""})),
             {"lab.coupling.undo", "Undo reflow",
              "Returns to the model before the reflow. The reflow stays in Runs.", "", ""},
             {ButtonKind::Plain, Icon::None, ""}))
    c.send(UndoResetCommand{});
  if (!undo)
    c.ui.map.add_hidden("lab.coupling.undo", "Undo reflow", "Shown after a reflow, when nothing trains.");
  draw_paragraph(c.ui, body, Type::Body, c.theme().text2, reflow_words(run));
}

void draw_control(const PanelContext& c, const LabCoupling& found) {
  const CardBody parts =
      card(c.ui, c.area,
           {"lab.coupling.straighten", "Reflow", "training on pairs that the flow generates", "", {}});
  Rect body = parts.body;
  const bool both = compares(found) && !found.before.few.empty();
  std::vector<Fact> list;
  for (size_t i = 0; i < found.now.few.size(); ++i) {
    const double before = both ? 100 * found.before.few[i].error : 0;
    const std::string steps = counted(found.now.few[i].steps, "step");
    list.push_back(
        {{"lab.coupling.error." + std::to_string(found.now.few[i].steps), steps + ": latent error",
          "RMS distance per coordinate of " + steps + " of Euler from the fine solution (" + found.reference +
              "), in % of a latent's standard deviation" + (both ? ": before → now." : "."),
          percent_pair(before, 100 * found.now.few[i].error, both, 0), ""}});
  }
  list.push_back({{"lab.coupling.detour", "detour", "Trajectory length beyond a straight line, in %.",
                   percent_pair(100 * found.before.detour, 100 * found.now.detour, both, 1), ""}});
  constexpr float least = 128;  // the widest name
  const float height = facts_height(c.ui, body.w, list.size(), least);
  if (body.h > height + c.px(96)) {
    facts(c.ui, body.take_top(height, c.px(8)), list, least);
  } else {
    for (const Fact& fact : list)
      c.ui.map.add_hidden(fact.info.name, fact.info.label, "Shown in larger windows.");
  }
  draw_button(c, body);
}

}  // namespace

void draw_reflow(const PanelContext& c, const LabCoupling* found) {
  const bool ready = found && !found->now.points.empty();
  const bool low = c.area.h / c.ui.scale < 520;
  Rect area = c.area, below, beside;
  if (ready) {
    below = area.take_bottom(std::floor((low ? 0.46f : 0.52f) * area.h), c.px(12));
    beside = area.take_right(std::floor(0.42f * area.w), c.px(12));
  }
  const std::string unit =
      ready ? "fine solution: " + found->reference + (compares(*found) ? " · grey: before" : "") : "";
  const CardBody parts =
      lab_card(c.within(area), unit, ready ? reflow_answer(*found) : "", coupling_view_chips(c));
  coupling_view_clicked(c, parts.clicked);
  if (lab_waits(c, parts.body, ready)) return;
  const bool both = compares(*found);
  draw_ways(c, parts.body, *found, "lab.coupling.fine", "Trajectories, fine solution",
            both ? &found->before.points : nullptr, found->now.points);
  draw_control(c.within(beside), *found);
  if (found->now.few.empty()) return;
  const auto cards = columns(below, {1, 1, 1}, c.px(12));
  for (size_t i = 0; i < std::min(cards.size(), found->now.few.size()); ++i)
    draw_few(c.within(cards[i]), *found, i);
}

}  // namespace lf::app::panels
