// Scripts in the window: a line has the same effect as a click or a key.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "panels/view_state.h"
#include "protocol/script.h"

namespace lf::app {

/// Runs a script in the window: sends its commands, changes the view, waits.
class ScriptRunner {
 public:
  /// The runner's access to the window.
  struct Hands {
    std::function<void(Command)> send;
    std::function<void(const std::string& path)> screenshot;  ///< of the next frame
    std::function<void(const std::string& text)> complain;    ///< a line that cannot be executed
    std::string runs_root = "";                               ///< folder of runs named without a path
  };
  ScriptRunner() = default;
  ScriptRunner(std::vector<ScriptLine> lines, Hands hands);

  /// Executes all lines that are due; stops at a wait that is not over and after a screenshot.
  /// `obeyed`: the snapshot includes every command sent; no wait uses a state from before a
  /// command.
  void advance(const Snapshot& snapshot, bool obeyed, double now, panels::ViewState& view);
  bool done() const { return next_ >= lines_.size(); }

 private:
  bool view_waits(const ScriptLine& line, const Snapshot& snapshot, bool obeyed) const;
  bool waiting(const WaitAction& wait, const Snapshot& snapshot, bool obeyed, double now);
  void act(const ViewAction& action, const Snapshot& snapshot, panels::ViewState& view);
  void show_view(const std::vector<std::string>& words, const Snapshot& snapshot, panels::ViewState& view);

  std::vector<ScriptLine> lines_;
  Hands hands_;
  size_t next_ = 0;
  double wait_began_ = -1;
  bool sent_ = false;  ///< a command in this call: the snapshot cannot include it
};

}  // namespace lf::app
