// Shared by all lab tools: the first card, the text without a result, and texts for t.
#include <algorithm>

#include "lab/tools.h"
#include "panels/expectation.h"
#include "panels/lab/choice.h"
#include "panels/lab/panels.h"
#include "widgets/text/text.h"

namespace lf::app::panels {

/// During training: the step of the weights used, and how many steps ago that was.
static std::string answered_when(const PanelContext& c) {
  const LabBlock& lab = *c.snapshot.lab;
  const RunBlock& run = *c.snapshot.run;
  if (!run.running || lab.trained_step <= 0) return "";
  const int64_t since = run.flow_step - lab.trained_step;
  return "after flow step " + grouped(lab.trained_step) +
         (since > 0 ? ", " + grouped(since) + " steps ago" : "");
}

CardBody lab_card(const PanelContext& c, const std::string& unit, const std::string& answer,
                  const std::vector<CardChip>& chips) {
  const LabToolInfo& tool = chosen_lab_tool(c, c.view.page);
  const LabBlock& lab = *c.snapshot.lab;
  std::string below = answer;
  const bool in_passing = lab.arguments.on("quick");  // several per second: the text would only flicker
  if (lab.problem.empty() && !lab_untrained(c) && !lab.complete && lab.tool == tool.id && !in_passing)
    below = "Computing … " + fixed(100 * lab.progress, 0) + " %" + (answer.empty() ? "" : " · " + answer);
  const std::string when = answered_when(c), both = unit + (unit.empty() || when.empty() ? "" : " · ") + when;
  float room = c.area.w - c.px(52) - text_size(c.ui, Type::Title, tool.name).x;
  for (const CardChip& chip : chips) room -= chip_width(c.ui, chip.info.label) + c.px(6);
  const bool fits = text_size(c.ui, Type::Small, both).x <= room;
  const CardBody body =
      card(c.ui, c.area,
           {std::string("lab.") + tool.id, tool.name, fits || when.empty() ? both : when, below, chips});
  const Rect head{c.area.x, c.area.y, c.area.w, body.body.y - c.area.y};
  readout(c.ui, {head.x, head.y, body.head_right.x - head.x, head.h},
          {std::string("lab.") + tool.id + ".question", tool.question, tool.tooltip,
           !lab.complete  ? fixed(lab.progress, 2)
           : when.empty() ? "complete"
                          : when,
           ""});
  return body;
}

/// A text in the middle of a card, also in the ui-map.
static void say_instead(const PanelContext& c, const Rect& body, const std::string& title,
                        const std::string& text) {
  empty_state(c.ui, body, title, text);
  c.ui.map.add({"lab.instead", body, true, true, "", title, "", text});
}

bool lab_untrained(const PanelContext& c) {
  const LabBlock& lab = *c.snapshot.lab;
  const RunBlock& run = *c.snapshot.run;
  const LabToolInfo& tool = chosen_lab_tool(c, c.view.page);
  if (lab.tool != tool.id || tool.needs == LabToolInfo::Needs::DataAlone) return false;
  // A reflow begins at step 0 too, but with the weights of the previous flow.
  const bool trained = lab.trained_step > 0 || run.reflows > 0;
  return !trained && lab.problem.empty() && run.phase != Phase::Loading;
}

void draw_lab_untrained(const PanelContext& c) {
  const RunBlock& run = *c.snapshot.run;
  const std::string or_open = run.running || run.resumable ? "" : " Or open a model.";
  const CardBody parts = lab_card(c, "", "", {});
  say_instead(c, parts.body, run.running ? "The flow is not trained yet" : "Untrained networks",
              "The velocity of an untrained network has no meaning. " +
                  when_it_comes(c.snapshot, Awaited::FlowStep) + or_open);
}

bool lab_waits(const PanelContext& c, const Rect& body, bool ready) {
  const LabBlock& lab = *c.snapshot.lab;
  if (!lab.problem.empty()) {
    say_instead(c, body, "No result", sentence_case(lab.problem));
    return true;
  }
  if (ready) return false;
  const bool loading = c.snapshot.run->phase == Phase::Loading;
  say_instead(c, body, "Computing",
              loading ? "The model is being loaded first." : "The first result follows in a moment.");
  return true;
}

bool lab_pictures_change(const PanelContext& c) {
  const auto& result = c.snapshot.lab->result;
  if (c.cache.lab_result == result) return false;
  c.cache.lab_result = result;
  return true;
}

std::string state_words(const PanelContext& c, float state) {
  const std::string shown = "t = " + fixed(state, 2);
  return fixed(state, 2) == fixed(c.view.t, 2) ? shown : "the nearest state " + shown;
}

void click_moves_t(const PanelContext& c, const PlotState& state) {
  if (!state.clicked) return;
  c.view.playing = false;
  c.view.t = std::clamp(static_cast<float>(state.hover_x), 0.0f, 1.0f);
}

}  // namespace lf::app::panels
