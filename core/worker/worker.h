// The only Workload: it passes each command to the part that handles it, gives the slices of time
// to the most urgent work, and publishes.
#pragma once

#include <deque>

#include "session/workload.h"
#include "worker/blocks.h"
#include "worker/current_run/branching.h"
#include "worker/stored_runs.h"

namespace lf::worker {

class Worker : public Workload {
 public:
  explicit Worker(ExperimentOptions options);

  void apply(const Command& command) override;
  bool advance() override;
  void describe(Snapshot& snapshot) override;
  void report_error(const std::string& what) override;
  bool finished() const override { return quit_; }
  void finish() override { run_.keep(); }

 private:
  bool waits(const Command& command);
  void obey(const Command& command);
  void route(const Command& command);
  void obey_waiting();
  void refuse_waiting();
  void load_slice();
  void train_or_view();
  void job_slice();

  // worker_commands.cpp: commands that belong to no part
  void ask_figure(const FigureCommand& command);
  bool write_asked_figures();
  void export_shown(const std::string& path);
  void inspect(const InspectCommand& command);
  void share(const ShareCommand& command);
  void cancel();
  void quit();
  std::vector<std::string> draw_figures(const std::string& folder);

  WorkerContext context_;
  Viewer viewer_;
  JobRunner jobs_;
  EventLog events_;
  RunControl run_;
  Branching branching_;
  ModelOpener opener_;
  StoredRuns stored_;
  Loading loading_;
  Blocks blocks_;
  std::deque<Command> waiting_;              ///< commands that need digits, kept until they are read
  std::deque<FigureCommand> asked_figures_;  ///< whose content is still computed
  bool obeying_ = false;    ///< a command is being applied: its exceptions are its own failures
  bool job_fails_ = false;  ///< an error comes from the current job
  bool quit_ = false;
};

}  // namespace lf::worker
