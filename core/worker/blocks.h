// The blocks of a snapshot that describe the worker's current activity.
#pragma once

#include <chrono>
#include <memory>

#include "worker/loading.h"

namespace lf::worker {

class Blocks {
 public:
  /// All of these outlive this object.
  Blocks(WorkerContext& context, Viewer& viewer, const JobRunner& jobs, const RunControl& run,
         const Loading& loading)
      : context_(context), viewer_(viewer), jobs_(jobs), run_(run), loading_(loading) {}

  /// Updates all blocks that have changed. `commands_waiting`: number of commands that wait for
  /// digits.
  void refresh(size_t commands_waiting);

 private:
  Phase phase() const;
  bool stands_in_autoencoder() const;
  std::string message() const;
  std::string device_words() const;
  void add_data(RunBlock& block) const;
  void add_model(RunBlock& block) const;
  void add_run(RunBlock& block) const;
  void refresh_run(size_t commands_waiting);
  void refresh_current_row();
  void refresh_loss();
  void refresh_quality();
  void refresh_settings();
  void refresh_job();

  WorkerContext& context_;
  Viewer& viewer_;
  const JobRunner& jobs_;
  const RunControl& run_;
  const Loading& loading_;
  std::chrono::steady_clock::time_point last_loss_block_ = std::chrono::steady_clock::now(),
                                        last_row_ = last_loss_block_;
  size_t loss_points_ = 0;
};

}  // namespace lf::worker
