#include "panels/log/log_page.h"

#include <algorithm>
#include <string>
#include <vector>

#include "widgets/control/card.h"
#include "widgets/control/scroll.h"
#include "widgets/text/text.h"

namespace lf::app::panels {
namespace {

constexpr size_t kMostLines = 2000;  // the whole log is in the run's commands.log

struct Level {
  LogLevel level;
  const char* id;
  const char* label;
  const char* tooltip;
};
constexpr Level kLevels[] = {
    {LogLevel::Command, "log.commands", "commands", "Commands. The same lines work in a script."},
    {LogLevel::Info, "log.info", "info", "Results and progress."},
    {LogLevel::Warning, "log.warnings", "warnings", "Warnings."},
    {LogLevel::Error, "log.errors", "errors", "What failed, why, and what to do."}};

bool is_shown(const PanelContext& c, const LogLine& line) {
  for (const Level& level : kLevels) {
    if (level.level == line.level) return c.view.on(level.id, true);
  }
  return true;
}

/// The lines that pass the filter, oldest first, the last kMostLines of them.
std::vector<const LogLine*> shown_lines(const PanelContext& c) {
  std::vector<const LogLine*> lines;
  const auto& all = c.snapshot.log->lines;
  for (auto line = all.rbegin(); line != all.rend() && lines.size() < kMostLines; ++line) {
    if (is_shown(c, *line)) lines.push_back(&*line);
  }
  std::reverse(lines.begin(), lines.end());
  return lines;
}

Color level_colour(const Theme& theme, LogLevel level) {
  switch (level) {
    case LogLevel::Command:
      return theme.accent;
    case LogLevel::Warning:
      return theme.warning;
    case LogLevel::Error:
      return theme.error;
    case LogLevel::Info:
      break;
  }
  return theme.text2;
}

std::string time_text(const LogLine& line) { return fixed(line.seconds, 2); }

std::string as_text(const std::vector<const LogLine*>& lines) {
  std::string text;
  for (const LogLine* line : lines) text += time_text(*line) + "  " + line->text + "\n";
  return text;
}

float time_width(const PanelContext& c) { return text_size(c.ui, Type::MonoSmall, "99999.99").x; }

float line_height(const PanelContext& c, float width, const LogLine& line) {
  // Faster than measuring: no letter is wider than its size, few lines are long.
  const float room = width - time_width(c) - c.px(36);
  const float least = c.px(22);
  if (static_cast<float>(line.text.size()) * c.px(8) < room) return least;
  return std::max(least, paragraph_height(c.ui, room, Type::Mono, line.text) + c.px(6));
}

void draw_line(const PanelContext& c, Rect row, const LogLine& line, size_t number) {
  const Response response = control(c.ui, row,
                                    {"log.line." + std::to_string(number), "Copy this line",
                                     "Copies the line to the clipboard.", line.text, ""});
  if (response.hovered) draw()->AddRectFilled(row.min(), row.max(), c.theme().raised, c.px(4));
  if (response.clicked) ImGui::SetClipboardText(line.text.c_str());
  const Color colour = level_colour(c.theme(), line.level);
  draw()->AddRectFilled({row.x + c.px(2), row.y + c.px(4)}, {row.x + c.px(5), row.bottom() - c.px(4)}, colour,
                        c.px(2));
  row.take_left(c.px(12));
  Rect time = row.take_left(time_width(c), c.px(12));
  time.h = c.px(22);
  draw_text(c.ui, time, Type::MonoSmall, c.theme().faint, time_text(line), Align::Right);
  row.take_top(c.px(3));
  const bool loud = line.level == LogLevel::Warning || line.level == LogLevel::Error;
  const Color words = loud ? colour : line.level == LogLevel::Command ? c.theme().text : c.theme().text2;
  draw_paragraph(c.ui, {row.x, row.y, row.w - c.px(8), row.h + c.px(3)}, Type::Mono, words, line.text);
}

/// Follows the newest line; scrolling up stops that.
void follow(const PanelContext& c) {
  if (ImGui::IsWindowHovered() && ImGui::GetIO().MouseWheel > 0) c.view.set("log.follow", false);
  if (c.view.on("log.follow", true)) ImGui::SetScrollY(ImGui::GetScrollMaxY());
}

void draw_lines(const PanelContext& c, const std::vector<const LogLine*>& lines) {
  scroll_area(c.ui, c.area, "log.lines", [&](const Rect& room) {
    float y = room.y;
    for (size_t i = 0; i < lines.size(); ++i) {
      const Rect row{room.x, y, room.w, line_height(c, room.w, *lines[i])};
      if (row.bottom() >= c.area.y && row.y <= c.area.bottom()) draw_line(c, row, *lines[i], i);
      y += row.h;
    }
    follow(c);
    return y - room.y;
  });
}

std::vector<CardChip> log_chips(const PanelContext& c) {
  std::vector<CardChip> chips;
  for (const Level& level : kLevels) {
    chips.push_back({{level.id, level.label, level.tooltip, "", ""}, c.view.on(level.id, true)});
  }
  chips.push_back(
      {{"log.follow", "follow", "Scrolls to the newest line.", "", ""}, c.view.on("log.follow", true)});
  const std::string nothing = c.snapshot.log->lines.empty() ? "There is nothing to copy yet." : "";
  chips.push_back(
      {{"log.copy", "copy all", "Copies the lines shown to the clipboard.", "", nothing}, false, false});
  return chips;
}

}  // namespace

void draw_log_page(const PanelContext& c) {
  const auto lines = shown_lines(c);
  const auto chips = log_chips(c);
  const std::string unit = grouped(static_cast<int64_t>(lines.size())) + " lines";
  const CardBody parts = card(c.ui, c.area, {"log", "Log", unit, "", chips});
  if (parts.clicked >= 0) {
    const std::string& name = chips[static_cast<size_t>(parts.clicked)].info.name;
    if (name == "log.copy") ImGui::SetClipboardText(as_text(lines).c_str());
    if (name != "log.copy") c.view.flip(name, true);
  }
  if (lines.empty()) {
    const bool filtered = !c.snapshot.log->lines.empty();
    empty_state(c.ui, parts.body, filtered ? "All lines are hidden by the filter" : "Nothing logged yet",
                filtered ? "Switch on a kind of line above." : "Every command and its result appears here.");
    return;
  }
  draw_lines(c.within(parts.body), lines);
}

}  // namespace lf::app::panels
