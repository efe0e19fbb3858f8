// Scripts in the window: a line has the same effect as a click or a key.
#pragma once

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "app/script_channel.h"
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

  /// From now on lines that arrive there follow; a wrong one is reported and skipped.
  void listen(ScriptChannel channel) { channel_ = std::move(channel); }
  bool listening() const { return channel_.open(); }
  /// Takes the lines that have arrived. True if there were some.
  bool take_lines();

  /// Where a channel is, for the program that writes to it.
  struct Progress {
    int lines = 0;      ///< that have arrived
    int done = 0;       ///< of them, those that have been executed or skipped
    int errors = 0;     ///< lines that could not be executed
    std::string error;  ///< why the last of these could not
  };
  Progress progress() const;

 private:
  bool view_waits(const ScriptLine& line, const Snapshot& snapshot, bool obeyed) const;
  bool waiting(const WaitAction& wait, const Snapshot& snapshot, bool obeyed, double now);
  void act(const ViewAction& action, const Snapshot& snapshot, panels::ViewState& view);
  void complain(const std::string& text);
  void show_view(const std::vector<std::string>& words, const Snapshot& snapshot, panels::ViewState& view);

  std::vector<ScriptLine> lines_;
  Hands hands_;
  size_t next_ = 0;
  ScriptChannel channel_;
  int arrived_ = 0, errors_ = 0;  ///< lines of the channel, and lines that could not be executed
  std::string error_;
  double wait_began_ = -1;
  bool sent_ = false;  ///< a command in this call: the snapshot cannot include it
};

}  // namespace lf::app
