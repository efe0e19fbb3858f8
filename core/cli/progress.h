// Display of progress: a bar on a terminal, one line per second elsewhere, or JSON lines.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <ostream>
#include <string>

#include "protocol/snapshot.h"

namespace lf::cli {

/// Receives every new snapshot during work.
class Progress {
 public:
  virtual ~Progress() = default;
  virtual void show(const Snapshot& snapshot) = 0;
  /// The work ended with an error, which standard error reports separately.
  virtual void fail(const std::string& message) {}
  /// No more snapshots follow: finish the output.
  virtual void close() {}
};

/// Returns each announcement of a run once.
class Announcements {
 public:
  /// The next new one; "" if there is none.
  std::string next(const Snapshot& snapshot);

 private:
  size_t seen_ = 0;
};

/// One line of text with completed and remaining work, e.g. "flow 630/1404 · loss 0.213 · 12.4k
/// digits/s · 45 s · 52 s left".
std::string progress_text(const Snapshot& snapshot);
/// Progress, 0..1: of the current job, else of the run.
double progress_share(const Snapshot& snapshot);

/// A narrower terminal gets lines: a bar and its text would be unreadable there.
inline constexpr int kLeastBarColumns = 35;
/// The number of columns for a bar on this descriptor, from the terminal and $COLUMNS. 0 without a
/// terminal, if $TERM is unset or a terminal that cannot return in its line ("dumb"), and if the
/// width is unknown.
int bar_columns(int descriptor);

/// A bar that redraws itself, fitted to `columns` each time; lines if that is too narrow.
std::unique_ptr<Progress> make_bar(std::ostream& out, std::function<int()> columns);
/// A line per second, and one whenever the phase or the job changes; announcements if `news`.
std::unique_ptr<Progress> make_lines(std::ostream& out, bool news = true);
/// JSON objects, one per line: event "progress" twice per second and event "phase" at every change.
std::unique_ptr<Progress> make_json(std::ostream& out);
/// Shows nothing.
std::unique_ptr<Progress> make_silence();
/// A bar on a terminal (standard error), lines elsewhere.
std::unique_ptr<Progress> make_progress(std::ostream& out, bool terminal);

}  // namespace lf::cli
