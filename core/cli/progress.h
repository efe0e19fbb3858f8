// How work in progress is shown: a bar on a terminal, one line a second elsewhere, or JSON lines.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <ostream>
#include <string>

#include "protocol/snapshot.h"

namespace lf {

/// Is shown every new snapshot while work is done.
class Progress {
 public:
  virtual ~Progress() = default;
  virtual void show(const Snapshot& snapshot) = 0;
  /// The work ended with an error; standard error says so in words anyway.
  virtual void fail(const std::string& message) {}
  /// No more snapshots come: leave the output tidy.
  virtual void close() {}
};

/// Hands out each announcement of a run once.
class Announcements {
 public:
  /// The next one that was not handed out yet; "" when there is none.
  std::string next(const Snapshot& snapshot);

 private:
  size_t seen_ = 0;
};

/// One line of text that says what is done and what is left, e.g.
/// "flow 630/1404 · loss 0.213 · 12.4k digits/s · 45 s · 52 s left".
std::string progress_text(const Snapshot& snapshot);
/// How much of the work is done, 0..1: of the job that runs, else of the run.
double progress_share(const Snapshot& snapshot);

/// A narrower terminal gets lines: nothing of a bar and its text could be read there.
inline constexpr int kLeastBarColumns = 35;
/// How many columns a bar may take on this descriptor, by the terminal and by $COLUMNS; 0 where it is no
/// terminal, where $TERM is unset or a terminal that cannot go back in its line ("dumb"), and where nobody
/// knows how wide it is.
int bar_columns(int descriptor);

/// A bar that is drawn over itself, fitted to what `columns` says each time; lines where that is too few.
std::unique_ptr<Progress> make_bar(std::ostream& out, std::function<int()> columns);
/// A line a second, and one whenever the phase or the job changes; announcements where `news`.
std::unique_ptr<Progress> make_lines(std::ostream& out, bool news = true);
/// JSON objects, one a line: event "progress" twice a second and event "phase" at every change.
std::unique_ptr<Progress> make_json(std::ostream& out);
/// Shows nothing.
std::unique_ptr<Progress> make_silence();
/// A bar on a terminal (standard error), lines elsewhere.
std::unique_ptr<Progress> make_progress(std::ostream& out, bool terminal);

}  // namespace lf
