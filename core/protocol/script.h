// A script: one line per action. Lines for the worker are commands; the others change the view or
// wait.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "protocol/commands.h"
#include "protocol/snapshot.h"

namespace lf {

/// Actions of the window; skipped with a notice without a window. Verbs: page NAME · t 0..1 · play
/// · stop · speed X · loop on|off · theme NAME · font SCALE · screenshot FILE · select INDEX · view
/// KEY VALUE (a switch of a card) · view KEY=VALUE … (a whole view, see view_line.h).
struct ViewAction {
  std::string verb;
  std::vector<std::string> arguments;
};

/// `wait 2.5` (seconds) or `wait flow.step>=100`. Names: see script_value.
struct WaitAction {
  double seconds = 0;
  std::string name, comparison, value;
};

/// One line of a script.
struct ScriptLine {
  int number = 0;  ///< for messages, from 1
  std::string text;
  std::variant<Command, ViewAction, WaitAction> action;
};

/// The text of a script's file. Throws InputError if it is unreadable or larger than 16 MiB (most
/// likely a device that never ends).
std::string read_script_file(const std::string& path);

/// Parses a whole script (a word that begins with '#' starts a comment). Throws InputError naming
/// `name`, line, word and the known words. `first`: number of the first line.
std::vector<ScriptLine> parse_script(const std::string& text, const std::string& name, int first = 1);

/// True when the wait is over, according to the snapshot (`seconds` waits are the caller's task:
/// always true here).
bool wait_satisfied(const WaitAction& wait, const Snapshot& snapshot);

/// The names a wait may use: flow.step, autoencoder.step, seconds, phase, running, fd, loss, jobs, results,
/// saves, errors, preview. Returns the value as text; "" while there is none yet (loss, fd), which satisfies
/// no wait. Throws InputError for other names.
std::string script_value(const std::string& name, const Snapshot& snapshot);

}  // namespace lf
