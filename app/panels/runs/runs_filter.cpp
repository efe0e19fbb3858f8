#include "panels/runs/runs_filter.h"

#include <algorithm>
#include <set>

#include "widgets/control/combo.h"
#include "widgets/control/text_field.h"
#include "widgets/text/text.h"
#include "widgets/text/wrap_line.h"

namespace lf::app::panels {
namespace {

constexpr float kFilterLine = 26, kSearchWidth = 230;

constexpr const char* kSearch = "runs.search";
constexpr const char* kSort = "runs.sort";
constexpr const char* kStarred = "runs.starred";
constexpr const char* kTag = "runs.tag";
constexpr const char* kState = "runs.state";

Rect chip_place(const PanelContext& c, WrapLine& line, float width) {
  const Rect place = line.next(width);
  return {place.x, place.center().y - 0.5f * chip_height(c.ui), place.w, chip_height(c.ui)};
}

void draw_search(const PanelContext& c, WrapLine& line) {
  std::string text = c.view.text(kSearch, "");
  const ControlInfo info{kSearch, "Search",
                         "Every word must occur in name, note, tags, preset, data set, state or date. "
                         "tag:x, state:x and preset:x are exact.",
                         text, ""};
  const float width = std::min(c.px(kSearchWidth), 0.28f * c.area.w);
  if (text_field(c.ui, line.next(width), info, text, "search").changed) c.view.set(kSearch, text);
}

/// The names of run_sort_names(), for display.
std::string sort_label(const std::string& sort) {
  if (sort == "newest" || sort == "oldest") return sort + " first";
  if (sort == "fd") return "by FD";
  return sort == "size" ? "largest first" : "by " + sort;
}

void draw_sort(const PanelContext& c, WrapLine& line) {
  const std::vector<std::string>& names = run_sort_names();
  std::vector<MenuRow> rows;
  float width = 0;
  for (const std::string& name : names) {
    rows.push_back({name, sort_label(name), "", ""});
    width = std::max(width, chip_width(c.ui, sort_label(name)));
  }
  const auto found = std::find(names.begin(), names.end(), run_filter_of(c.view).sort);
  const int current = static_cast<int>(found - names.begin());
  const ControlInfo info{kSort, sort_label(*found), "Order of the list. Runs without the figure come last.",
                         *found, ""};
  const int picked = combo(c.ui, chip_place(c, line, width + c.px(16)), info, rows, current, true);
  if (picked >= 0) c.view.set(kSort, names[static_cast<size_t>(picked)]);
}

void draw_starred(const PanelContext& c, WrapLine& line) {
  const ControlInfo info{kStarred, "starred", "Lists only runs with a star.", "", ""};
  if (chip(c.ui, chip_place(c, line, chip_width(c.ui, info.label)), info, c.view.on(kStarred, false)))
    c.view.flip(kStarred, false);
}

/// A list of values of which one, or all, is chosen. `every` is the first row.
void draw_choice(const PanelContext& c, WrapLine& line, const std::string& key, const std::string& label,
                 const std::string& every, const std::vector<MenuRow>& values) {
  std::vector<MenuRow> rows{{"all", every, "", ""}};
  rows.insert(rows.end(), values.begin(), values.end());
  const std::string chosen = c.view.text(key, "");
  const auto found =
      std::find_if(values.begin(), values.end(), [&](const MenuRow& row) { return row.label == chosen; });
  const int current = chosen.empty()          ? 0
                      : found == values.end() ? -1
                                              : static_cast<int>(found - values.begin()) + 1;
  const std::string shown = chosen.empty() ? every : chosen;
  const ControlInfo info{key, shown, label, shown, values.empty() ? "No run has one." : ""};
  const float width = std::min(c.px(170), chip_width(c.ui, shown) + c.px(16));
  const int picked = combo(c.ui, chip_place(c, line, width), info, rows, current, true);
  if (picked >= 0) c.view.set(key, picked == 0 ? std::string() : rows[static_cast<size_t>(picked)].label);
}

std::vector<MenuRow> tag_rows(const RunsBlock& runs) {
  constexpr size_t kMostRows = 20;
  std::vector<MenuRow> rows;
  for (const auto& [tag, count] : tags_of_runs(runs.runs))
    if (rows.size() < kMostRows)
      rows.push_back({std::to_string(rows.size()), tag, grouped(static_cast<int64_t>(count)), ""});
  return rows;
}

std::vector<MenuRow> state_rows(const RunsBlock& runs) {
  std::set<std::string> states;
  for (const RunSummary& run : runs.runs) states.insert(run.state);
  std::vector<MenuRow> rows;
  for (const std::string& state : states) rows.push_back({state, state, "", ""});
  return rows;
}

}  // namespace

RunFilter run_filter_of(const ViewState& view) {
  RunFilter filter;
  filter.search = view.text(kSearch, "");
  filter.sort = view.text(kSort, filter.sort);
  const auto& names = run_sort_names();
  if (std::find(names.begin(), names.end(), filter.sort) == names.end()) filter.sort = names.front();
  filter.starred = view.on(kStarred, false);
  filter.tag = view.text(kTag, "");
  filter.state = view.text(kState, "");
  return filter;
}

bool filters_runs(const RunFilter& filter) {
  const bool searches = filter.search.find_first_not_of(' ') != std::string::npos;
  return searches || filter.starred || !filter.tag.empty() || !filter.state.empty();
}

void show_all_runs(ViewState& view) {
  for (const char* key : {kSearch, kStarred, kTag, kState}) view.switches.erase(key);
}

const std::vector<size_t>& shown_runs(const PanelContext& c) {
  RunsCache& cache = c.cache.runs;
  const RunFilter filter = run_filter_of(c.view);
  const std::string key = filter.search + "\n" + filter.sort + "\n" + filter.tag + "\n" + filter.state +
                          "\n" + (filter.starred ? "1" : "0");
  if (cache.block == c.snapshot.runs && cache.key == key) return cache.shown;
  cache.block = c.snapshot.runs;
  cache.key = key;
  cache.shown = filtered_runs(cache.block->runs, filter);
  if (shows_tree(filter)) cache.shown = branches_below(cache.block->runs, cache.shown);
  return cache.shown;
}

std::string runs_total(const RunsBlock& runs, const std::vector<size_t>& shown) {
  int64_t bytes = 0;
  for (const size_t i : shown) bytes += runs.runs[i].bytes;
  const auto all = static_cast<int64_t>(runs.runs.size()), listed = static_cast<int64_t>(shown.size());
  const std::string count =
      listed == all ? counted(all, "run") : grouped(listed) + " of " + counted(all, "run");
  return count + " · " + bytes_text(bytes);
}

float draw_runs_filter(const PanelContext& c) {
  const RunsBlock& runs = *c.snapshot.runs;
  WrapLine line(c.area, c.px(kFilterLine), c.px(6));
  draw_search(c, line);
  draw_sort(c, line);
  draw_starred(c, line);
  draw_choice(c, line, kTag, "Lists only runs with this tag.", "any tag", tag_rows(runs));
  draw_choice(c, line, kState, "Lists only runs in this state.", "any state", state_rows(runs));
  const ControlInfo all{"runs.all", "show all", "Clears search and filters.", "", ""};
  if (!filters_runs(run_filter_of(c.view)))
    c.ui.map.add_hidden(all.name, all.label, "Nothing is filtered.");
  else if (chip(c.ui, chip_place(c, line, chip_width(c.ui, all.label)), all, false, false))
    show_all_runs(c.view);
  return line.height();
}

}  // namespace lf::app::panels
