// What all tools of the lab share on the screen: the first card, what stands where an answer is missing,
// words for t.
#include <algorithm>

#include "messages/lab_tools.h"
#include "panels/lab_choice.h"
#include "panels/lab_panels.h"
#include "widgets/text.h"

namespace lf {

constexpr const char* kUntrained =
    "Drawn before the flow began to learn: noise stays noise, and nothing follows from it.";

/// While training goes on: which step's weights answer, and how many steps ago that was.
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
  if (lab.trained_step == 0 && !answer.empty()) below = kUntrained;
  const bool in_passing = lab.arguments.on("quick");  // several a second: the word would only flicker
  if (lab.problem.empty() && !lab.complete && lab.tool == tool.id && !in_passing)
    below = "Computing … " + fixed(100 * lab.progress, 0) + " %" + (answer.empty() ? "" : " · " + answer);
  const std::string when = answered_when(c), both = unit + (unit.empty() || when.empty() ? "" : " · ") + when;
  float room = c.area.w - c.px(52) - text_size(c.ui, Type::Title, tool.question).x;
  for (const CardChip& chip : chips) room -= chip_width(c.ui, chip.info.label) + c.px(6);
  const bool fits = text_size(c.ui, Type::Small, both).x <= room;
  const CardBody body =
      card(c.ui, c.area,
           {std::string("lab.") + tool.id, tool.question, fits || when.empty() ? both : when, below, chips});
  const Rect head{c.area.x, c.area.y, c.area.w, body.body.y - c.area.y};
  readout(c.ui, {head.x, head.y, body.head_right.x - head.x, head.h},
          {std::string("lab.") + tool.id + ".question", tool.name, tool.tooltip,
           !lab.complete  ? fixed(lab.progress, 2)
           : when.empty() ? "complete"
                          : when,
           ""});
  return body;
}

/// Tools that have something to show of a flow before its first step.
static bool says_something_untrained(const std::string& tool) {
  return tool == "map" || tool == "step" || tool == "loss-floor";
}

bool lab_waits(const PanelContext& c, const Rect& body, bool ready) {
  const LabBlock& lab = *c.snapshot.lab;
  if (!lab.problem.empty()) {
    empty_state(c.ui, body, "No answer", sentence_case(lab.problem));
    return true;
  }
  if (ready && lab.trained_step == 0 && !says_something_untrained(lab.tool)) {
    empty_state(
        c.ui, body, "Nothing learned yet",
        "The flow has not begun to learn: its velocity means nothing. Press Train, or open a model; the "
        "answer comes with the first steps.");
    return true;
  }
  if (ready) return false;
  const bool loading = c.snapshot.run->phase == Phase::Loading;
  empty_state(c.ui, body, "Computing",
              loading ? "The model is being loaded first." : "The first answer is a moment away.");
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

}  // namespace lf
