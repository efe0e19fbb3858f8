// When the current run keeps a mark, and what happens without space for it.
#pragma once

#include "worker/context.h"

namespace lf::worker {

class MarkKeeper {
 public:
  explicit MarkKeeper(WorkerContext& context) : context_(context) {}

  /// True at the steps of the flow whose weights are kept.
  bool due() const;
  /// Keeps the present weights, which must be whole. A full disk costs older marks, then all further ones,
  /// and never the run.
  void keep();
  /// The same after the run's last step.
  void keep_last();

 private:
  WorkerContext& context_;
};

}  // namespace lf::worker
