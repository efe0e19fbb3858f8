#include "panels/runs/run_editor.h"

#include <algorithm>

#include "panels/runs/runs_text.h"
#include "protocol/run_filter.h"
#include "protocol/run_label.h"
#include "widgets/control/button.h"
#include "widgets/control/text_field.h"
#include "widgets/text/text.h"
#include "widgets/text/wrap_line.h"

namespace lf::app::panels {
namespace {

constexpr const char* kEditing = "now.runs.editing";
constexpr float kField = 30, kFieldGap = 8, kEditorPad = 8, kLeastField = 200;

/// A field of the label: its name in the ui-map and in the drafts.
struct LabelField {
  const char* id;
  const char* label;
  const char* hint;
  const char* tooltip;
};
constexpr LabelField kFields[] = {
    {"name", "Name", "name", "A name of your own. The folder keeps its name."},
    {"tags", "Tags", "tags, separated by commas", "Words to filter by, separated by commas."},
    {"note", "Note", "note", "What you want to remember about this run."}};

std::string draft_key(const LabelField& field) { return std::string("runs.label.") + field.id; }

/// What was typed into a field; what is stored until then.
std::string draft(const ViewState& view, const LabelField& field, const std::string& stored) {
  const auto found = view.drafts.find(draft_key(field));
  return found == view.drafts.end() ? stored : found->second;
}

RunLabel typed_label(const ViewState& view, const RunLabel& stored) {
  RunLabel typed = stored;
  typed.name = draft(view, kFields[0], stored.name);
  typed.tags = parse_tags(draft(view, kFields[1], tags_text(stored.tags)));
  typed.note = draft(view, kFields[2], stored.note);
  return typed;
}

int fields_per_line(const PanelContext& c) {
  const float width = c.area.w - 2 * c.px(kEditorPad);
  return std::clamp(static_cast<int>((width + c.px(kFieldGap)) / c.px(kLeastField + kFieldGap)), 1, 3);
}

float field_width(const PanelContext& c) {
  const auto columns = static_cast<float>(fields_per_line(c));
  return (c.area.w - 2 * c.px(kEditorPad) - (columns - 1) * c.px(kFieldGap)) / columns;
}

/// The texts; true when Enter was pressed in one of them.
bool draw_fields(const PanelContext& c, WrapLine& line, const RunLabel& stored, const std::string& number) {
  const std::string initial[] = {stored.name, tags_text(stored.tags), stored.note};
  bool entered = false;
  for (size_t i = 0; i < 3; ++i) {
    const LabelField& field = kFields[i];
    std::string text = draft(c.view, field, initial[i]);
    const ControlInfo info{std::string("runs.label.") + field.id + "." + number, field.label, field.tooltip,
                           text, ""};
    const TextFieldResult typed = text_field(c.ui, line.next(field_width(c)), info, text, field.hint);
    if (typed.changed) c.view.drafts[draft_key(field)] = text;
    entered = entered || typed.entered;
  }
  return entered;
}

void draw_thin_out(const PanelContext& c, Rect& line, const RunSummary& run, const std::string& number) {
  const ControlInfo info{"runs.thin." + number, "thin out marks",
                         "Removes every second mark of the training. The model and the curves stay.", "",
                         thin_marks_reason(run)};
  Rect place = line.take_left(chip_width(c.ui, info.label), c.px(10));
  place = {place.x, place.center().y - 0.5f * chip_height(c.ui), place.w, chip_height(c.ui)};
  if (chip(c.ui, place, info, false, false)) c.send(ThinMarksCommand{run.folder});
}

void draw_last_line(const PanelContext& c, Rect line, const RunSummary& run, const std::string& number,
                    bool entered) {
  const LabelEdit edit = label_edit(c.view, run);
  const std::string why = !edit.problem.empty() ? edit.problem : edit.changed ? "" : "Nothing was changed.";
  const ControlInfo close{"runs.label.close." + number, "Close", "Closes the details without saving.", "",
                          ""};
  const ControlInfo save{"runs.label.save." + number, "Save", "Stores name, tags and note (Enter).", "", why};
  if (button(c.ui, line.take_right(button_width(c.ui, close.label), c.px(8)), close))
    toggle_run_editor(c.view, run);
  const bool pressed = button(c.ui, line.take_right(button_width(c.ui, save.label), c.px(10)), save,
                              {why.empty() ? ButtonKind::Primary : ButtonKind::Plain, Icon::None, ""})
                           .clicked;
  if ((pressed || entered) && why.empty()) {
    c.send(edit.command);
    toggle_run_editor(c.view, run);
  }
  draw_thin_out(c, line, run, number);
  const std::string& problem = edit.problem.empty() ? run.label_problem : edit.problem;
  const std::string words = problem.empty() ? disk_sentence(run) : problem;
  readout(c.ui, line, {"runs.disk." + number, "Disk use", disk_sentence(run), words, ""});
  draw_text(c.ui, line, Type::Small, problem.empty() ? c.theme().text2 : c.theme().warning, words);
}

}  // namespace

bool edits_run(const ViewState& view, const RunSummary& run) { return view.text(kEditing, "") == run.folder; }

void toggle_run_editor(ViewState& view, const RunSummary& run) {
  const bool open = edits_run(view, run);
  view.set(kEditing, open ? std::string() : run.folder);
  for (const LabelField& field : kFields) view.drafts.erase(draft_key(field));
}

LabelEdit label_edit(const ViewState& view, const RunSummary& run) {
  const RunLabel typed = typed_label(view, run.label);
  LabelEdit edit;
  edit.changed = !(typed == run.label);
  edit.problem = label_problem(typed);
  edit.command.folder = run.folder;
  const auto put = [&](const char* what, bool differs, const std::string& text, std::string& into) {
    if (differs) into = text;
    if (differs && text.empty())
      edit.command.clear += (edit.command.clear.empty() ? "" : ",") + std::string(what);
  };
  put("name", typed.name != run.label.name, typed.name, edit.command.name);
  put("tags", typed.tags != run.label.tags, tags_text(typed.tags), edit.command.tags);
  put("note", typed.note != run.label.note, typed.note, edit.command.note);
  return edit;
}

float run_editor_height(const PanelContext& c) {
  const auto lines = static_cast<float>((3 + fields_per_line(c) - 1) / fields_per_line(c) + 1);
  return lines * c.px(kField) + (lines - 1) * c.px(kFieldGap) + 2 * c.px(kEditorPad);
}

void draw_run_editor(const PanelContext& c, const RunSummary& run, const std::string& number) {
  draw()->AddRectFilled(c.area.min(), c.area.max(), fade(c.theme().raised, 0.7f), c.px(6));
  Rect inner = c.area.inset(c.px(kEditorPad), c.px(kEditorPad));
  const Rect last = inner.take_bottom(c.px(kField), c.px(kFieldGap));
  WrapLine line(inner, c.px(kField), c.px(kFieldGap));
  const bool entered = draw_fields(c, line, run.label, number);
  draw_last_line(c, last, run, number, entered);
}

}  // namespace lf::app::panels
