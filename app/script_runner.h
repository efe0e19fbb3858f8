#pragma once

#include <functional>
#include <string>
#include <vector>

#include "messages/script.h"
#include "panels/view_state.h"

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
  /// `version` counts the snapshots seen.
  void advance(const Snapshot& snapshot, uint64_t version, double now, ViewState& view);
  bool done() const { return next_ >= lines_.size(); }

 private:
  bool waiting(const WaitAction& wait, const Snapshot& snapshot, uint64_t version, double now);
  void act(const ViewAction& action, const FlowBlock& flow, ViewState& view);

  std::vector<ScriptLine> lines_;
  Hands hands_;
  size_t next_ = 0;
  double wait_began_ = -1;
  double sent_at_ = -1;
  uint64_t sent_version_ = 0;
};

}  // namespace lf
