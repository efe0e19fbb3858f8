#include "worker/current_run/mark_keeper.h"

#include "base/errors.h"

namespace lf::worker {

bool MarkKeeper::due() const {
  const Workspace& work = context_.work;
  if (!work.run || work.run->stage() != run::RunStage::Flow || work.marks_given_up) return false;
  const int64_t marks = work.model->settings.general.marks, planned = work.run->status().plan.flow_steps;
  const int64_t next = run::next_mark(work.marks.last(), planned, marks);
  return next >= 0 && work.model->flow_steps >= next;
}

void MarkKeeper::keep() {
  Workspace& work = context_.work;
  for (int attempt = 0; attempt < 2; ++attempt) {
    try {
      return work.marks.keep(*work.model);
    } catch (const RunError& failed) {
      work.marks.thin_out();
      context_.publisher.warn_once(std::string("a mark of the run could not be kept: ") + failed.what());
    }
  }
  work.marks_given_up = true;
}

void MarkKeeper::keep_last() {
  const Workspace& work = context_.work;
  const bool wanted = work.model->settings.general.marks > 0 && !work.marks_given_up;
  if (wanted && !work.marks.has(work.model->flow_steps)) keep();
}

}  // namespace lf::worker
