#include "app/user_memory.h"

#include "base/errors.h"
#include "base/paths.h"
#include "panels/frame/overlays.h"
#include "panels/frame/view_clipboard.h"
#include "panels/frame/view_line.h"

namespace lf::app {
namespace {

std::string newest_run(const Snapshot& snapshot) {
  return snapshot.runs->runs.empty() ? "" : snapshot.runs->runs.front().name;
}

/// Everything of the start has been loaded and nothing trains yet.
bool loaded(const Snapshot& snapshot) {
  return snapshot.run->phase == Phase::Idle && !snapshot.runs->root.empty();
}

}  // namespace

UserMemory::UserMemory(std::string folder, bool restores_view)
    : folder_(std::move(folder)), restores_(restores_view && !folder_.empty()) {}

UserState UserMemory::read() {
  UserState state;
  if (folder_.empty()) return state;
  if (!path_exists(user_state_path(folder_))) {
    panels::offer_tour(state.view);
    return state;
  }
  state = read_user_state(folder_);
  view_ = state.last_view;
  newest_run_ = state.newest_run;
  written_ = user_state_text(state);
  return state;
}

void UserMemory::restore_view(const panels::PanelContext& c) {
  if (!restores_ || !loaded(c.snapshot)) return;
  restores_ = false;
  if (view_.empty()) return;
  try {
    ViewLine line = panels::views_of(view_, "last view").front();
    const bool same_runs = newest_run(c.snapshot) == newest_run_;
    if (!same_runs) {
      line.open.clear();
      line.step.reset();
    }
    for (const Command& command :
         panels::change_view(line, c.snapshot, c.snapshot.runs->root, c.view).commands)
      c.send(command);
  } catch (const InputError&) {
    // Written by another version, or edited: the window opens as usual.
  }
}

bool UserMemory::due(double now) {
  constexpr double kInterval = 30;
  if (!keeps() || now - asked_ < kInterval) return false;
  asked_ = now;
  return true;
}

std::string UserMemory::changed_text(UserState state, const Snapshot& snapshot) {
  const bool shows = !restores_ && snapshot.run->phase != Phase::Loading;
  state.last_view = shows ? format_view_line(panels::view_on_screen(snapshot, state.view)) : view_;
  state.newest_run = shows ? newest_run(snapshot) : newest_run_;
  std::string text = user_state_text(state);
  if (text == written_) return "";
  written_ = text;
  return text;
}

}  // namespace lf::app
