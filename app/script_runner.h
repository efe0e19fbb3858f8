#pragma once

#include <functional>
#include <string>
#include <vector>

#include "panels/view_state.h"
#include "protocol/script.h"

namespace lf {

/// Plays a script in the window: sends its commands, moves the view, waits.
class ScriptRunner {
 public:
  /// What the runner may do to the window.
  struct Hands {
    std::function<void(Command)> send;
    std::function<void(const std::string& path)> screenshot;  ///< of the frame that is drawn next
    std::function<void(const std::string& text)> complain;    ///< a line that cannot be done
  };
  ScriptRunner() = default;
  ScriptRunner(std::vector<ScriptLine> lines, Hands hands);

  /// Does all lines that can be done now; stops at a wait that is not over and after a screenshot.
  /// `obeyed`: the snapshot knows of every command sent; no wait is judged by what was before a command.
  void advance(const Snapshot& snapshot, bool obeyed, double now, ViewState& view);
  bool done() const { return next_ >= lines_.size(); }

 private:
  bool waiting(const WaitAction& wait, const Snapshot& snapshot, bool obeyed, double now);
  void act(const ViewAction& action, const FlowBlock& flow, ViewState& view);

  std::vector<ScriptLine> lines_;
  Hands hands_;
  size_t next_ = 0;
  double wait_began_ = -1;
  bool sent_ = false;  ///< a command in this very call: the snapshot cannot know of it
};

}  // namespace lf
