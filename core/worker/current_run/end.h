// The work between a run's last step and its last file: score, images, gallery.
#pragma once

#include "worker/current_run/images.h"
#include "worker/current_run/writer.h"
#include "worker/viewer.h"

namespace lf::worker {

class RunEnd {
 public:
  RunEnd(WorkerContext& context, Viewer& viewer, RunImages& images, RunWriter& writer)
      : context_(context), viewer_(viewer), images_(images), writer_(writer) {}

  /// One slice, while the run's state is Ending. The last one writes the run, which is then finished.
  void advance();

 private:
  void score(run_state::Ending& ending);
  void draw(run_state::Ending& ending);
  void view(run_state::Ending& ending);
  void keep_gallery(run_state::Ending& ending);

  WorkerContext& context_;
  Viewer& viewer_;
  RunImages& images_;
  RunWriter& writer_;
};

}  // namespace lf::worker
