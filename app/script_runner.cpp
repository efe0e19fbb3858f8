#include "app/script_runner.h"

#include <algorithm>
#include <cstdlib>

#include "base/errors.h"
#include "panels/frame/pages.h"
#include "panels/frame/view_line.h"
#include "widgets/theme.h"

namespace lf::app {
namespace {

double number(const std::string& text) { return std::strtod(text.c_str(), nullptr); }

std::string page_names() {
  std::string names;
  for (const panels::PageInfo& page : panels::page_table())
    names += (names.empty() ? "" : ", ") + std::string(page.id);
  return names;
}

bool known_page(const std::string& id) {
  const auto& table = panels::page_table();
  return std::any_of(table.begin(), table.end(), [&](const panels::PageInfo& p) { return id == p.id; });
}

}  // namespace

ScriptRunner::ScriptRunner(std::vector<ScriptLine> lines, Hands hands)
    : lines_(std::move(lines)), hands_(std::move(hands)) {}

void ScriptRunner::complain(const std::string& text) {
  ++errors_;
  error_ = text;
  hands_.complain(text);
}

bool ScriptRunner::take_lines() {
  const std::vector<std::string> arrived = channel_.take_lines();
  if (done()) {
    lines_.clear();  // a session of hours keeps only what is still to be done
    next_ = 0;
  }
  for (const std::string& text : arrived) {
    ++arrived_;
    try {
      if (text.size() > ScriptChannel::kLongestLine)
        throw InputError("line " + std::to_string(arrived_) + " of the script is longer than 64 KiB");
      for (ScriptLine& line : parse_script(text, "script", arrived_)) lines_.push_back(std::move(line));
    } catch (const InputError& wrong) {
      complain(wrong.what());
    }
  }
  return !arrived.empty();
}

ScriptRunner::Progress ScriptRunner::progress() const {
  return {arrived_, done() ? arrived_ : lines_[next_].number - 1, errors_, error_};
}

bool ScriptRunner::waiting(const WaitAction& wait, const Snapshot& snapshot, bool obeyed, double now) {
  if (wait_began_ < 0) wait_began_ = now;
  bool over = false;
  if (wait.name.empty()) {
    over = now - wait_began_ >= wait.seconds;
  } else {
    over = obeyed && !sent_ && wait_satisfied(wait, snapshot);
  }
  if (over) wait_began_ = -1;
  return !over;
}

void ScriptRunner::show_view(const std::vector<std::string>& words, const Snapshot& snapshot,
                             panels::ViewState& view) {
  const panels::ViewChange change =
      panels::change_view(parse_view_line(words), snapshot, hands_.runs_root, view);
  for (const Command& command : change.commands) hands_.send(command);
  sent_ = sent_ || !change.commands.empty();
  if (!change.problem.empty()) complain(change.problem);
}

void ScriptRunner::act(const ViewAction& action, const Snapshot& snapshot, panels::ViewState& view) {
  const std::string& verb = action.verb;
  const std::string first = action.arguments.empty() ? "" : action.arguments[0];
  if (verb == "page") {
    if (known_page(first))
      view.page = first;
    else
      complain("page '" + first + "' is not a page of this window; the pages are " + page_names());
  } else if (verb == "t") {
    view.t = std::clamp(static_cast<float>(number(first)), 0.0f, 1.0f);
    view.playing = false;
  } else if (verb == "play") {
    view.playing = true;
  } else if (verb == "stop") {
    view.playing = false;
  } else if (verb == "loop") {
    view.loop = first != "off";
  } else if (verb == "speed") {
    view.speed = std::clamp(number(first), 0.05, 8.0);
  } else if (verb == "theme") {
    view.theme = widgets::find_theme(first).name;
  } else if (verb == "font") {
    view.font_scale = std::clamp(static_cast<float>(number(first)), 0.6f, 3.0f);
  } else if (verb == "select") {
    const int last = static_cast<int>(snapshot.flow->digits) - 1;
    view.selected = std::clamp(static_cast<int>(number(first)), 0, std::max(0, last));
  } else if (verb == "view" && is_view_line(action.arguments)) {
    show_view(action.arguments, snapshot, view);
  } else if (verb == "view") {
    if (first == "settings")
      view.settings = action.arguments[1] == "on" ? 1 : 0;
    else if (first == "help")
      view.help = action.arguments[1] == "on";
    else if (first == "files")
      view.files = action.arguments[1] == "on";
    else if (first == "about")
      view.about = action.arguments[1] == "on";
    else
      view.set(first, action.arguments[1]);
  } else if (verb == "screenshot") {
    hands_.screenshot(first);
  } else if (verb == "picture") {
    view.picture_wanted = first;
  }
}

/// A whole view depends on the model and the settings: it waits until they are known.
bool ScriptRunner::view_waits(const ScriptLine& line, const Snapshot& snapshot, bool obeyed) const {
  const auto* action = std::get_if<ViewAction>(&line.action);
  if (action == nullptr || action->verb != "view" || !is_view_line(action->arguments)) return false;
  return snapshot.run->phase == Phase::Loading || sent_ || !obeyed;
}

void ScriptRunner::advance(const Snapshot& snapshot, bool obeyed, double now, panels::ViewState& view) {
  sent_ = false;
  while (!done()) {
    const ScriptLine& line = lines_[next_];
    if (view_waits(line, snapshot, obeyed)) return;
    if (const auto* wait = std::get_if<WaitAction>(&line.action)) {
      if (waiting(*wait, snapshot, obeyed, now)) return;
    } else if (const auto* command = std::get_if<Command>(&line.action)) {
      hands_.send(*command);
      sent_ = true;
    } else {
      const auto& action = std::get<ViewAction>(line.action);
      act(action, snapshot, view);
      ++next_;
      if (action.verb == "screenshot" || action.verb == "picture") return;
      continue;
    }
    ++next_;
  }
}

}  // namespace lf::app
